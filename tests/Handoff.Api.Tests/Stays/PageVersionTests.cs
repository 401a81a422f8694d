using System.Globalization;
using System.Text.RegularExpressions;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Stays;
using Npgsql;

namespace Handoff.Api.Tests.Stays;

public sealed partial class PageVersionTests : IAsyncLifetime
{
    private readonly Guid stay = Guid.CreateVersion7();
    private readonly string concern = Guid.CreateVersion7().ToString();
    private App app = null!;

    public async Task InitializeAsync()
    {
        app = await App.Start();
        await app.Record(new Admit("V1", "Moved", "Mo", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Record(new EscalateConcern(stay, Urgency.Urgent, "Hears voices") { Key = concern });
        await app.Settle();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("/stays/{0}")]
    [InlineData("/stays/{0}/notes")]
    [InlineData("/escalations/{1}")]
    public async Task A_page_that_was_read_while_something_was_recorded_does_not_say_that_it_is_newer_than_what_it_shows(string path)
    {
        using var nurse = await app.As(Role.Nurse);
        await using var other = new NpgsqlConnection(app.Database);
        await other.OpenAsync();

        // The page has read who the patient is, and waits until its look at the record is kept.
        await using var held = await other.BeginTransactionAsync();
        await Run(other, "lock table access.access_log in exclusive mode");
        var page = nurse.GetStringAsync(string.Format(CultureInfo.InvariantCulture, path, stay, concern));
        await Store.Waiting.Until(async () =>
            await Run(other, "select count(*) from pg_locks where relation = 'access.access_log'::regclass and not granted") is > 0L
        );
        var moved = await app.Record(new Transfer("2-west", "201A", BedMayBeTaken: true) { Key = stay.ToString() });
        await held.CommitAsync();

        var html = await page;
        html.ShouldContain("no bed yet");
        long.Parse(Version().Match(html).Groups["version"].ValueSpan, CultureInfo.InvariantCulture).ShouldBeLessThan(moved.Position);
        Version()
            .Match(await nurse.GetStringAsync(string.Format(CultureInfo.InvariantCulture, path, stay, concern)))
            .Groups["version"]
            .Value.ShouldBe(moved.Position.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<object?> Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [GeneratedRegex("data-live-region-version-value=\"(?<version>[0-9]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
