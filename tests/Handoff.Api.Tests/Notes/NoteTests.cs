using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Notes;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Notes;

public sealed class NoteTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private readonly Guid stay = Guid.CreateVersion7();
    private readonly string key = Guid.CreateVersion7().ToString();
    private HttpClient tech = null!,
        nurse = null!;

    public async Task InitializeAsync()
    {
        (tech, nurse) = (await app.As(Role.Technician), await app.As(Role.Nurse));
        await app.Record(new Admit($"N{stay:N}", "Note", "Nia", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
    }

    public Task DisposeAsync()
    {
        tech.Dispose();
        nurse.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Display)]
    public async Task Who_is_no_clinician_writes_none(Role role)
    {
        using var other = await app.As(role);
        (await other.Post($"/api/note/{key}/sign-note", Progress())).ShouldBeProblem(403, "not-permitted");
        if (role != Role.Manager)
        {
            // A manager writes none either, but takes over patients with a reason, which is looked at like every free text.
            (await other.Post("/api/wording", new { text = "refused" })).ShouldBeProblem(403, "not-permitted");
        }
    }

    [Fact]
    public async Task A_note_is_read_with_everything_that_it_ever_said()
    {
        await Sign();
        (await tech.Post($"/api/note/{key}/add-addendum", new { text = "The chaplain came." })).ShouldBeOk();
        (await tech.Post($"/api/note/{key}/correct-note", new { text = "x", reason = "y" })).ShouldBeProblem(403, "note-not-yours");
        (await nurse.Post($"/api/note/{key}/correct-note", new { text = "Slept badly.", reason = "Another night" })).ShouldBeOk();
        (await nurse.Post($"/api/note/{key}/strike-note", new { reason = "Another patient" })).ShouldBeOk();
        var note = (await tech.Get($"/api/stays/{stay}/notes")).ShouldBeOk().Json.EnumerateArray().Single();
        note.GetProperty("versions")
            .EnumerateArray()
            .Select(v => v.GetProperty("text").GetString())
            .ShouldBe(["Slept well.\nAsked for the chaplain.", "Slept badly."]);
        note.GetProperty("addenda").GetArrayLength().ShouldBe(1);
        note.GetProperty("error").GetProperty("text").GetString().ShouldBe("Another patient");
    }

    [Fact]
    public async Task Notes_are_their_units_own_and_reading_them_is_kept()
    {
        await Sign();
        var (_, token) = await app.Hire(Role.Nurse, "3-east");
        using var elsewhere = app.Bearer(token);
        (await elsewhere.Get($"/api/stays/{stay}/notes")).ShouldBeProblem(403, "unit-not-yours");
        (await nurse.Get($"/api/stays/{Guid.NewGuid()}/notes")).ShouldBeProblem(404, "stay-unknown", "stay");
        await nurse.Get($"/api/stays/{stay}/notes");
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Get($"/api/stays/{stay}/access")).Text.ShouldContain("\"notes\"");
    }

    [Fact]
    public async Task The_words_that_could_be_better_are_the_domains_own()
    {
        var text = "Refused lunch, insulin 10 U";
        var hints = (await tech.Post("/api/wording", new { text }))
            .ShouldBeOk()
            .Json.EnumerateArray()
            .Select(h => (h.GetProperty("start").GetInt32(), h.GetProperty("suggestions")[0].GetString()))
            .ToList();
        hints.ShouldBe([.. Wording.HintsFor(text).Select(h => (h.Start, (string?)h.Suggestions[0]))]);
        hints.ShouldBe([(0, "Declined"), (26, "units")]);
        (await tech.Post("/api/wording", new { })).ShouldBeOk().Json.GetArrayLength().ShouldBe(0);
        (await tech.Post("/api/wording", new { text = new string('x', Note.TextLimit + 1) }))
            .ShouldBeOk()
            .Json.GetArrayLength()
            .ShouldBe(0);
    }

    private object Progress() =>
        new
        {
            stay,
            kind = "Progress",
            text = "Slept well.\r\nAsked for the chaplain.",
        };

    private async Task Sign() => (await nurse.Post($"/api/note/{key}/sign-note", Progress())).ShouldBeOk();
}
