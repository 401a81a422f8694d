using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Http;

/// <summary>
/// A TypeScript client, made from the contract as it is served, compiled as strictly as the project's own scripts, and used.
/// </summary>
public sealed class ClientTests(App app) : IClassFixture<App>
{
    private static readonly string Client = Path.Combine(Path.GetDirectoryName(Here())!, "Client");

    private static readonly string Root = Path.GetFullPath(Path.Combine(Client, "../../../.."));

    [Fact]
    public async Task A_client_made_from_the_contract_compiles_and_makes_a_round()
    {
        var made = Directory.CreateDirectory(Path.Combine(Client, ".made")).FullName;
        using var machine = app.Machine();
        await File.WriteAllTextAsync(Path.Combine(made, "openapi.json"), (await machine.Get("/openapi/v1.json")).ShouldBeOk().Text);
        await Node(
            "node_modules/openapi-typescript/bin/cli.js",
            ".made/openapi.json",
            "--output",
            ".made/schema.ts",
            "--default-non-nullable=false"
        );
        await Node(Path.Combine(Root, "node_modules/typescript/bin/tsc"), "--strict", "--project", "tsconfig.json");
        var told = JsonSerializer.Deserialize<JsonElement>(await Node(".made/out/round.js", app.Address.ToString().TrimEnd('/'), App.Key));
        told.GetProperty("who").GetString().ShouldNotBeNullOrWhiteSpace();
        told.GetProperty("late").GetString().ShouldBe("moved-meanwhile");
        told.GetProperty("batch").GetRawText().ShouldBe("[200,\"body.place\"]");
        told.GetProperty("heard").EnumerateArray().Select(type => type.GetString()).ShouldContain("safety_checked");
        told.GetProperty("ids")
            .EnumerateArray()
            .Select(id => id.GetGuid())
            .ShouldContain(told.GetProperty("written").EnumerateArray().First().GetGuid());
    }

    private static async Task<string> Node(params string[] arguments)
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Client,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var (said, wrong) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, $"{string.Join(' ', arguments)}: {await said} {await wrong}");
        return await said;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
