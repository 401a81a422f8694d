using Handoff.Api.Tests.Support;
using Npgsql;

namespace Handoff.Api.Tests.Http;

/// <summary>What every answer says about itself, also the answers to what went wrong.</summary>
public sealed class HeaderTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/nothing")]
    [InlineData("/api/units")]
    [InlineData("/api/units/2-west/board?at=x")]
    public async Task Nothing_is_kept_framed_or_guessed(string path)
    {
        using var machine = app.Machine();
        ShouldBeSafe(await machine.Get(path));
    }

    [Fact]
    public async Task An_answer_to_a_failure_is_as_safe_as_any()
    {
        using var nobody = app.Anonymous();
        nobody.DefaultRequestHeaders.Add("Accept", "text/html");
        var said = await nobody.PostText("/api/sign-in", "{");
        said.ShouldBeProblem(400, "json-invalid");
        ShouldBeSafe(said);
    }

    [Fact]
    public async Task Scripts_styles_and_the_font_may_be_kept_for_ever()
    {
        using var nobody = app.Anonymous();
        var page = (await nobody.Get("/sign-in")).ShouldBeOk();
        var assets = page.Text.Split('"').Where(part => part.StartsWith("/assets/", StringComparison.Ordinal)).ToList();
        assets.ShouldContain(asset => asset.Contains(".woff2?v=", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            (await nobody.Get(asset)).ShouldBeOk().Response.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }

        (await nobody.Get("/assets/nothing.js")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_lost_database_is_a_problem_that_says_try_again()
    {
        await using var lost = await App.Start();
        using var machine = lost.Machine();
        var stay = (await machine.Get("/api/units/2-west/board")).Json.Cards()[0].Stay();
        await Refuse(lost.Database);
        var said = await machine.Get("/api/units/2-west/board");
        said.ShouldBeProblem(503, "log-unavailable").Response.Headers.RetryAfter!.ToString().ShouldBe("2");
        ShouldBeSafe(said);
        (await machine.Get("/health/live")).ShouldBeOk();
        (await machine.Get("/health/ready")).Status.ShouldBe(503);
        (await machine.Get("/api/stays/" + stay + "/access")).Status.ShouldBeOneOf(403, 503);

        // Also what asks the database by itself, every second, tells it in a line.
        await Store.Waiting.Until(() =>
            Task.FromResult(lost.Logged.Any(line => line.Contains("Invocation of Wolverine", StringComparison.Ordinal)))
        );
        lost.Logged.ShouldNotContain(line => line.Contains("Exception:", StringComparison.Ordinal));
    }

    private static void ShouldBeSafe(Said said)
    {
        string Header(string name) => string.Join(", ", said.Response.Headers.TryGetValues(name, out var values) ? values : []);
        Header("Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Cache-Control").ShouldContain("no-store");
    }

    private static async Task Refuse(string database)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await using var connection = new NpgsqlConnection((await Cluster.Shared).ConnectionString);
        await connection.OpenAsync();
        await using var refuse = new NpgsqlCommand(
            $"alter database {name} allow_connections false; select pg_terminate_backend(pid, 5000) from pg_stat_activity where "
                + $"datname = '{name}'",
            connection
        );
        await refuse.ExecuteNonQueryAsync();
    }
}
