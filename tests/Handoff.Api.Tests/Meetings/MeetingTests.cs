using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Meetings;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Meetings;

/// <summary>Team meetings over HTTP: who may, what is told since the last review, and what a decision comes to.</summary>
public sealed class MeetingTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private const string Url = "/api/units/2-west/meeting";

    private readonly Guid stay = Guid.CreateVersion7();
    private HttpClient nurse = null!;
    private string meeting = "";

    private string Review => $"/api/case-review/{stay}";

    public async Task InitializeAsync()
    {
        nurse = await app.As(Role.Nurse);
        await app.Record(new Admit($"M{stay:N}", "Meeting", "Mia", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
        meeting = (await nurse.Get(Url)).ShouldBeOk()["meeting"]!;
    }

    public Task DisposeAsync()
    {
        nurse.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(Role.Technician)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Integration)]
    public async Task Who_is_not_of_the_treatment_team_reads_and_neither_reviews_nor_decides(Role role)
    {
        using var other = await app.As(role);
        (await other.Post($"/api/meeting/{meeting}/open-meeting", new { })).ShouldBeProblem(403, "not-permitted");
        (await other.Post($"/api/meeting/{meeting}/close-meeting", new { })).ShouldBeProblem(403, "not-permitted");
        (await other.Post($"{Review}/review-patient?meeting={meeting}&upTo=1", new { })).ShouldBeProblem(403, "not-permitted");
        (await other.Post($"{Review}/record-decision", Weigh())).ShouldBeProblem(403, "not-permitted");
        (await other.Post($"{Review}/take-back-decision", new { })).ShouldBeProblem(403, "not-permitted");
        (await other.Get(Url)).ShouldBeOk();
        (await other.Get($"{Url}/{stay}")).ShouldBeOk();
    }

    [Fact]
    public async Task A_display_reads_nothing_and_who_works_elsewhere_neither()
    {
        using var display = await app.As(Role.Display);
        (await display.Get(Url)).ShouldBeProblem(403, "not-permitted");
        (await display.Get($"/units/2-west/meeting/{stay}")).Status.ShouldBe(403);
        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "3-east")).Token);
        (await elsewhere.Get(Url)).ShouldBeProblem(403, "not-permitted");
        (await elsewhere.Get($"{Url}/{stay}")).ShouldBeProblem(403, "not-permitted");
        (await elsewhere.Get($"/units/2-west/meeting/{stay}")).Status.ShouldBe(403);
        (await elsewhere.Get($"/api/units/3-east/meeting/{stay}")).ShouldBeProblem(404, "stay-unknown", "stay");
        (await elsewhere.Get($"/units/3-east/meeting/{stay}")).Status.ShouldBe(404);
        (await elsewhere.Post($"{Review}/record-decision", Weigh())).ShouldBeProblem(403, "unit-not-yours");
        (await nurse.Get("/api/units/9-north/meeting")).ShouldBeProblem(404, "unit-unknown", "unit");
        (await nurse.Get("/units/9-north/meeting")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Each_look_at_a_meeting_is_kept()
    {
        await nurse.Get($"{Url}/{stay}");
        await nurse.Get(Url);
        var looks = await app.Services.GetRequiredService<AccessLog>().ForStay(App.Facility, stay, null, 100, CancellationToken.None);
        looks.Count(l => l.What == "meeting").ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_review_says_how_far_it_looked_and_in_a_meeting_that_is_open()
    {
        (await nurse.Post($"{Review}/review-patient?meeting={meeting}", new { })).ShouldBeProblem(400, "up-to-missing", "upTo");
        (await nurse.Post($"{Review}/review-patient?upTo=1", new { })).ShouldBeProblem(400, "meeting-missing", "meeting");
        (await nurse.Post($"{Review}/review-patient?meeting=2-west.2020-01-01&upTo=1", new { })).ShouldBeProblem(422, "meeting-not-open");
        (await nurse.Post($"/api/case-review/{Guid.NewGuid()}/review-patient?meeting={meeting}&upTo=1", new { })).ShouldBeProblem(
            404,
            "stay-unknown",
            "stay"
        );
    }

    [Fact]
    public async Task Nobody_can_claim_to_have_seen_what_is_not_recorded_yet()
    {
        await Open();
        (await nurse.Post($"{Review}/review-patient?meeting={meeting}&upTo=999999999", new { })).ShouldBeOk();
        await Seen("Tearful after the visit");
        var kept = await State();
        kept.Last!.UpTo.ShouldBeLessThan((await Told()).GetProperty("since").GetProperty("upTo").GetInt64());
    }

    [Fact]
    public async Task A_decision_is_a_task_on_the_board_at_once_and_is_withdrawn_when_it_is_taken_back()
    {
        await Open();
        await using var hub = await app.Hub();
        await hub.Watch("2-west");
        var decision = (await nurse.Post($"{Review}/record-decision", Weigh())).ShouldBeOk().Json.GetProperty("events")[0].GetGuid();
        await Settled(1);
        (await hub.Card(c => c.Stay() == stay && c.GetProperty("tasks").ValueKind == JsonValueKind.Object))
            .GetProperty("tasks")
            .GetProperty("open")
            .GetInt32()
            .ShouldBe(1);
        var line = (await Told()).GetProperty("decisions")[0];
        (line.GetProperty("id").GetGuid(), line.GetProperty("standing").GetString()).ShouldBe((decision, "Raised"));
        var page = await nurse.Get($"/tasks/{decision}");
        page.Text.ShouldContain("Decided in the team meeting");
        page.Text.ShouldContain($"/stays/{stay}/timeline?event={decision}");

        (await nurse.Post($"{Review}/take-back-decision", new { decision })).ShouldBeProblem(400, "reason-missing", "reason");
        (await nurse.Post($"{Review}/take-back-decision", new { decision, reason = "Weighed already" })).ShouldBeOk();
        await Settled(0);
        await hub.Card(c => c.Stay() == stay && c.GetProperty("tasks").ValueKind == JsonValueKind.Null);
        (await Told()).GetProperty("decisions")[0].GetProperty("standing").GetString().ShouldBe("TakenBack");
        (await nurse.Post($"/api/care-task/{decision}/finish-task", new { })).ShouldBeProblem(422, "task-withdrawn");
    }

    [Fact]
    public async Task The_unit_hears_that_its_meeting_changed()
    {
        await Open();
        await using var hub = await app.Hub();
        await hub.Watch("2-west");
        (await nurse.Post($"{Review}/record-decision", Weigh())).ShouldBeOk();
        await hub.Told("MeetingChanged", changed => changed.GetProperty("unit").GetString() == "2-west");
    }

    [Fact]
    public async Task A_decision_is_refused_at_its_fields()
    {
        await Open();
        var due = app.Clock.GetUtcNow().AddDays(1);
        (
            await nurse.Post(
                $"{Review}/record-decision",
                new
                {
                    meeting,
                    due,
                    owner = new { role = "Nurse" },
                }
            )
        ).ShouldBeProblem(400, "words-missing", "words");
        (
            await nurse.Post(
                $"{Review}/record-decision",
                new
                {
                    meeting,
                    due,
                    words = "Weigh",
                }
            )
        ).ShouldBeProblem(400, "owner-missing", "owner");
        (
            await nurse.Post(
                $"{Review}/record-decision",
                new
                {
                    meeting,
                    words = "Weigh",
                    owner = new { role = "Nurse" },
                }
            )
        ).ShouldBeProblem(400, "due-missing", "due");
        (await nurse.Post($"{Review}/take-back-decision", new { decision = Guid.NewGuid(), reason = "x" })).ShouldBeProblem(
            404,
            "decision-unknown",
            "decision"
        );
    }

    private object Weigh() =>
        new
        {
            meeting,
            words = "Weigh daily",
            owner = new { role = "Nurse" },
            due = app.Clock.GetUtcNow().AddDays(1),
        };

    private async Task Open() => (await nurse.Post($"/api/meeting/{meeting}/open-meeting", new { })).ShouldBeOk();

    private async Task Seen(string remark) =>
        await app.Record(new RecordCheck("Day room", false, Activity: Activity.Tearful, Remark: remark) { Key = stay.ToString() });

    private async Task<JsonElement> Told() => (await nurse.Get($"{Url}/{stay}")).ShouldBeOk().Json;

    private async Task<CaseReview> State() =>
        await app.Services.GetRequiredService<Log>().State<CaseReview>(App.Facility, stay.ToString(), CancellationToken.None);

    private async Task Settled(int open)
    {
        for (var tries = 0; tries < 200 && await Open("tasks") != open; tries++)
        {
            await app.Settle();
            await Task.Delay(20);
        }

        (await Open("tasks")).ShouldBe(open);
    }

    private async Task<int> Open(string what) =>
        (await nurse.Get("/api/units/2-west/board")).Json.CardOf(stay)!.Value.GetProperty(what) is { ValueKind: JsonValueKind.Object } tasks
            ? tasks.GetProperty("open").GetInt32()
            : 0;
}

/// <summary>From meeting to meeting, on a clock of its own.</summary>
public sealed class ReviewToReviewTests
{
    [Fact]
    public async Task From_review_to_review_nothing_is_lost_and_nothing_is_told_twice_also_while_it_is_recorded()
    {
        await using var app = await App.Start();
        var stay = Guid.CreateVersion7();
        await app.Record(new Admit("R1", "Review", "Rae", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
        var (recorded, told) = (new List<Guid>(), new List<Guid>());
        for (var day = 0; day < 3; day++)
        {
            // Nobody stays signed in overnight.
            using var nurse = app.Bearer((await app.Hire(Role.Nurse)).Token);
            var meeting = (await nurse.Get("/api/units/2-west/meeting")).ShouldBeOk()["meeting"]!;
            (await nurse.Post($"/api/meeting/{meeting}/open-meeting", new { })).ShouldBeOk();
            var writing = Task.Run(async () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    recorded.AddRange(
                        (
                            await app.Record(
                                new RecordCheck("Day room", false, Activity: Activity.Tearful, Remark: $"Number {day}-{i}")
                                {
                                    Key = stay.ToString(),
                                }
                            )
                        ).Events!
                    );
                }
            });
            for (var i = 0; i < 4; i++)
            {
                await Look(nurse, stay, meeting, i == 3 ? told : []);
            }

            await writing;
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        // What a day without checks comes to is said before the two are compared.
        await app.Settle();
        using var after = app.Bearer((await app.Hire(Role.Nurse)).Token);
        var last = (await after.Get($"/api/units/2-west/meeting/{stay}")).ShouldBeOk().Json;
        told.AddRange(Evidence(last));
        told.Where(recorded.ToHashSet().Contains).Order().ShouldBe(recorded.Order());
        var agenda = (await after.Get("/api/units/2-west/meeting"))
            .Json.GetProperty("patients")
            .EnumerateArray()
            .Single(p => p.GetProperty("stay").GetGuid() == stay);
        agenda.GetProperty("ofNote").GetInt32().ShouldBe(last.GetProperty("since").GetProperty("lines").GetArrayLength());
    }

    [Fact]
    public async Task A_meeting_that_is_closed_names_whom_it_did_not_come_to()
    {
        await using var app = await App.Start();
        using var nurse = await app.As(Role.Nurse);
        var meeting = (await nurse.Get("/api/units/2-west/meeting")).ShouldBeOk().Json;
        var (key, patients) = (
            meeting.GetProperty("meeting").GetString()!,
            meeting.GetProperty("patients").EnumerateArray().Select(p => p.GetProperty("stay").GetGuid()).ToList()
        );
        (await nurse.Post($"/api/meeting/{key}/close-meeting", new { })).ShouldBeProblem(404, "meeting-unknown", "meeting");
        (await nurse.Post($"/api/meeting/{key}/open-meeting", new { attending = new[] { "Dr. Okafor" } })).ShouldBeOk();
        (await nurse.Post($"/api/meeting/{key}/open-meeting", new { })).ShouldBeOk();
        await Look(nurse, patients[0], key, []);
        (await nurse.Post($"/api/meeting/{key}/close-meeting", new { })).ShouldBeOk();
        var closed = (await nurse.Get("/api/units/2-west/meeting")).Json;
        closed.GetProperty("notReviewed").EnumerateArray().Select(s => s.GetGuid()).Order().ShouldBe(patients.Skip(1).Order());
        (await nurse.Get($"/api/stays/{patients[1]}/timeline")).Text.ShouldContain("before it came to this patient");
        (await nurse.Get($"/api/stays/{patients[0]}/timeline")).Text.ShouldNotContain("before it came to this patient");
    }

    // What is reviewed is what was looked at, not what is there by then.
    private static async Task Look(HttpClient nurse, Guid stay, string meeting, List<Guid> told)
    {
        var seen = (await nurse.Get($"/api/units/2-west/meeting/{stay}")).ShouldBeOk().Json;
        told.AddRange(Evidence(seen));
        (
            await nurse.Post(
                $"/api/case-review/{stay}/review-patient?meeting={meeting}&upTo={seen.GetProperty("since").GetProperty("upTo").GetInt64()}",
                new { }
            )
        ).ShouldBeOk();
    }

    private static IEnumerable<Guid> Evidence(JsonElement seen) =>
        seen.GetProperty("since")
            .GetProperty("lines")
            .EnumerateArray()
            .SelectMany(l => l.GetProperty("evidence").EnumerateArray())
            .Select(e => e.GetGuid());
}
