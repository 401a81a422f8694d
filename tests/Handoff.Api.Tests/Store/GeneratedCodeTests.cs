using Handoff.Api.Tests.Support;
using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Store;

/// <summary>
/// What lies between Wolverine's queues and our handlers is generated ahead and kept in the tree; nothing is compiled while the service
/// runs.
/// </summary>
public sealed class GeneratedCodeTests(App app) : IClassFixture<App>
{
    private const string How = "In src/Handoff.Api: dotnet run -p:WritesCode=true -- codegen write";

    [Fact]
    public void The_generated_code_is_what_would_be_generated_now()
    {
        var builder = new DynamicCodeBuilder(app.Services, [.. app.Services.GetServices<ICodeFileCollection>()])
        {
            ServiceVariableSource = app.Services.GetService<IServiceVariableSource>(),
        };
        var now = Classes(builder.GenerateAllCode());
        var kept = Directory.GetFiles(Folder(), "*.cs").SelectMany(file => Classes(File.ReadAllText(file))).ToList();
        kept.Count.ShouldBeGreaterThan(2);
        kept.Order().ShouldBe(now.Order(), How);
    }

    /// <summary>The generated classes without what depends on the file that they stand in.</summary>
    private static List<string> Classes(string code) => [.. code.Split("// START: ").Skip(1).Select(one => Bare(one.Split("// END: ")[0]))];

    private static string Bare(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); ; folder = folder.Parent!)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Handoff.sln")))
            {
                return Path.Combine(folder.FullName, "src", "Handoff.Api", "Internal", "Generated", "WolverineHandlers");
            }
        }
    }
}
