using Handoff.Api.Tests.Support;
using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Store;

/// <summary>What lies between Wolverine's queues and our handlers is generated ahead and kept in the tree; nothing is compiled while the service runs.</summary>
public sealed class GeneratedCodeTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_generated_code_is_what_would_be_generated_now()
    {
        var now = Bare(new DynamicCodeBuilder(app.Services, [.. app.Services.GetServices<ICodeFileCollection>()]).GenerateAllCode());
        var kept = Directory.GetFiles(Folder(), "ReactToHandler*.cs").ShouldHaveSingleItem();
        var lines = (await File.ReadAllLinesAsync(kept)).Where(line => !line.StartsWith("using", StringComparison.Ordinal)).ToList();
        var classOfHandler = string.Concat(lines.SkipWhile(line => !line.Contains("public sealed class", StringComparison.Ordinal)).TakeWhile(line => !line.Contains("// END", StringComparison.Ordinal)));
        now.Contains(Bare(classOfHandler), StringComparison.Ordinal).ShouldBeTrue("In src/Handoff.Api: dotnet run -p:WritesCode=true -- codegen write");
    }

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
