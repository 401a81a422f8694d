using System.Text.Json;
using Handoff.Api.Groups;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Groups;

/// <summary>Group sessions over HTTP: who may not, the day, the roster, merged rows, and what boards and pages make of it.</summary>
public sealed class GroupTests(App app) : IClassFixture<App>
{
    private static readonly Guid Maya = NamedId.From("demo", "2-west", "203A"),
        Luis = NamedId.From("demo", "2-west", "203B");

    [Fact]
    public async Task Who_may_not()
    {
        using var technician = await app.As(Role.Technician);
        (await technician.Post($"/api/group/{Guid.NewGuid()}/schedule-group", Plan(0))).ShouldBeProblem(403, "not-permitted");
        using var display = await app.As(Role.Display);
        (await display.Get("/api/units/2-west/groups")).ShouldBeProblem(403, "not-permitted");
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Post($"/api/group/{await Planned()}/record-attendance", new { rows = Array.Empty<object>() })).ShouldBeProblem(
            403,
            "not-permitted"
        );
        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "3-east")).Token);
        var session = await Planned();
        (await elsewhere.Get($"/api/groups/{session}")).ShouldBeProblem(403, "unit-not-yours");
        (await elsewhere.Post($"/api/group/{session}/start-group", new { })).ShouldBeProblem(403, "unit-not-yours");
        (await elsewhere.Post($"/api/group/{Guid.NewGuid()}/schedule-group", Plan(0))).ShouldBeProblem(403, "unit-not-yours");
    }

    [Fact]
    public async Task A_day_lists_its_sessions_and_another_day_does_not()
    {
        using var nurse = app.Bearer((await app.Hire(Role.Nurse, "2-west", "3-east")).Token);
        var session = Guid.NewGuid();
        (await nurse.Post($"/api/group/{session}/schedule-group", Plan(48))).ShouldBeOk();
        var day = (await nurse.Get($"/api/groups/{session}"))
            .ShouldBeOk()
            .Json.GetProperty("session")
            .GetProperty("starts")
            .GetDateTimeOffset();
        var there = (await nurse.Get($"/api/units/2-west/groups?day={day:yyyy-MM-dd}")).ShouldBeOk().Json;
        there
            .GetProperty("sessions")
            .EnumerateArray()
            .ShouldContain(s => s.GetProperty("id").GetGuid() == session && s.GetProperty("topic").GetString() == "Coping skills");
        (await nurse.Get($"/api/units/2-west/groups?day={day.AddDays(1):yyyy-MM-dd}"))
            .Json.GetProperty("sessions")
            .GetArrayLength()
            .ShouldBe(0);
        (await nurse.Get("/api/units/3-east/groups")).Json.GetProperty("sessions").GetArrayLength().ShouldBe(0);
        (await nurse.Get("/api/units/2-west/groups?day=tuesday")).ShouldBeProblem(400, "day-invalid", "day");
        (await nurse.Get($"/api/groups/{Guid.NewGuid()}")).ShouldBeProblem(404, "group-unknown", "group");
    }

    [Fact]
    public async Task A_roster_holds_the_units_patients_and_warns_of_texts_that_are_the_same()
    {
        using var technician = await app.As(Role.Technician);
        var session = await Held();
        (
            await technician.Post(
                $"/api/group/{session}/record-attendance",
                new
                {
                    rows = new object[]
                    {
                        new
                        {
                            stay = Maya,
                            status = "Attended",
                            participation = 3,
                            response = "She named one trigger and two things that help her when she is angry.",
                        },
                        new
                        {
                            stay = Luis,
                            status = "Attended",
                            participation = 2,
                            response = "He named one trigger and two things that help him when he is angry",
                        },
                    },
                }
            )
        ).ShouldBeOk().Json.GetProperty("events").GetArrayLength().ShouldBe(2);
        var roster = (await technician.Get($"/api/groups/{session}")).ShouldBeOk().Json;
        var rows = roster.GetProperty("rows").EnumerateArray().ToList();
        rows.Count.ShouldBe(23);
        rows.Select(r => r.GetProperty("bed").GetString())
            .ShouldBe(rows.Select(r => r.GetProperty("bed").GetString()).Order(StringComparer.Ordinal));
        rows.Single(r => r.GetProperty("stay").GetGuid() == Maya).GetProperty("minutes").GetInt32().ShouldBe(45);
        var same = roster.GetProperty("sameTexts").EnumerateArray().ShouldHaveSingleItem();
        new[] { same.GetProperty("stay").GetGuid(), same.GetProperty("other").GetGuid() }.ShouldBe([Maya, Luis], ignoreOrder: true);
        same.GetProperty("of").GetDouble().ShouldBeGreaterThanOrEqualTo(0.9);
    }

    [Fact]
    public async Task Two_people_who_record_at_once_lose_nothing_of_each_other()
    {
        using var technician = await app.As(Role.Technician);
        using var nurse = app.Bearer((await app.Hire(Role.Nurse, "2-west")).Token);
        var session = await Held();
        var path = $"/api/group/{session}/record-attendance";
        var answers = await Task.WhenAll(
            technician.Post(path, new { rows = new object[] { new { stay = Maya, status = "Attended" }, new { stay = Luis } } }),
            nurse.Post(path, new { rows = new object[] { new { stay = Maya }, new { stay = Luis, status = "Asleep" } } })
        );
        answers.ShouldAllBe(a => a.Status == 200);
        var roster = await Roster(session);
        (
            roster.Rows.Single(r => r.Stay == Maya).Attendance!.Entry.Status,
            roster.Rows.Single(r => r.Stay == Luis).Attendance!.Entry.Status
        ).ShouldBe((AttendanceStatus.Attended, AttendanceStatus.Asleep));
        (await technician.Post(path, new { rows = new object[] { new { stay = Luis, status = "Declined" } } })).ShouldBeProblem(
            422,
            "row-changed-meanwhile",
            $"rows.{Luis}.status"
        );
        (await technician.Post(path, new { rows = new object[] { new { stay = Maya, status = "Attended" } } }))
            .ShouldBeOk()
            .Json.GetProperty("events")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task Each_attendance_is_about_its_own_patient_only()
    {
        var session = await Held();
        await app.Record(
            new RecordAttendance([new(Maya, AttendanceStatus.Attended), new(Luis, AttendanceStatus.Declined)]) { Key = session.ToString() }
        );
        var about = new List<Guid[]>();
        await foreach (
            var logged in app.Services.GetRequiredService<LogReader>().Stream(App.Facility, StreamId.For("group", session), default)
        )
        {
            about.Add([.. logged.Recorded.Envelope.Stays ?? []]);
            logged.Recorded.Envelope.Unit.ShouldBe("2-west");
        }

        about.ShouldBe([
            [],
            [],
            [],
            [Maya],
            [Luis],
        ]);
    }

    [Fact]
    public async Task A_patient_of_another_unit_is_refused_at_the_row()
    {
        using var technician = await app.As(Role.Technician);
        var stay = NamedId.From("demo", "3-east", "303");
        (
            await technician.Post(
                $"/api/group/{await Held()}/record-attendance",
                new { rows = new object[] { new { stay, status = "Attended" } } }
            )
        ).ShouldBeProblem(422, "not-on-unit", $"rows.{stay}.status");
    }

    [Fact]
    public async Task Whoever_looks_at_a_roster_is_in_the_access_log_of_its_patients()
    {
        var session = await Held();
        using var nurse = app.Bearer((await app.Hire(Role.Nurse, "2-west")).Token);
        await nurse.Get($"/api/groups/{session}");
        var looks = await app.Services.GetRequiredService<Api.Access.AccessLog>().ForStay(App.Facility, Luis, null, 20, default);
        looks.ShouldContain(l => l.What == "group" && l.Role == "Nurse");
    }

    [Fact]
    public async Task Two_days_without_a_group_show_on_the_board_until_the_patient_comes_again()
    {
        await using var own = await App.Start();
        var here = await LongHere(own);
        var (came, stayedAway) = (here[0], here[1]);
        await Recorded(own, await Held(own, 0), (came, AttendanceStatus.Attended), (stayedAway, AttendanceStatus.Declined));
        own.Clock.Advance(TimeSpan.FromDays(1));
        await Recorded(own, await Held(own, 0), (came, AttendanceStatus.Attended));
        using var machine = own.Machine();
        (await Misses(machine, stayedAway), await Misses(machine, came)).ShouldBe((true, false));
        own.Clock.Advance(TimeSpan.FromSeconds(2));
        var then = own.Clock.GetUtcNow();
        own.Clock.Advance(TimeSpan.FromSeconds(2));
        var version = (await machine.Get("/api/units/2-west/board")).Json.CardOf(stayedAway)!.Value.GetProperty("version").GetInt64();

        await Recorded(own, await Held(own, 0), (stayedAway, AttendanceStatus.Late));
        var card = (await machine.Get("/api/units/2-west/board")).Json.CardOf(stayedAway)!.Value;
        card.GetProperty("missesGroups").GetBoolean().ShouldBeFalse();
        card.GetProperty("version").GetInt64().ShouldBeGreaterThan(version);
        var past = (await machine.Get($"/api/units/2-west/board?at={then.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z")).ShouldBeOk().Json;
        (
            past.CardOf(stayedAway)!.Value.GetProperty("missesGroups").GetBoolean(),
            past.CardOf(came)!.Value.GetProperty("missesGroups").GetBoolean()
        ).ShouldBe((true, false), "as it was missed then");
        var taken = await own
            .Services.GetRequiredService<GroupReader>()
            .OfStay(
                App.Facility,
                await own.Services.GetRequiredService<Log>().State<Stay>(App.Facility, stayedAway.ToString(), default),
                default
            );
        (taken.Held, taken.Attended).ShouldBe((3, 1));
        using var display = await own.As(Role.Display);
        (await display.Get("/api/units/2-west/board"))
            .Json.Cards()
            .ShouldAllBe(c => !c.EnumerateObject().Any(member => member.Name == "missesGroups"));
    }

    private static object Plan(int hours) =>
        new
        {
            unit = "2-west",
            type = "Therapy",
            topic = "Coping skills",
            facilitator = "R. Vance",
            starts = DateTimeOffset.UtcNow.AddHours(hours),
            minutes = 45,
        };

    private static async Task<bool> Misses(HttpClient client, Guid stay) =>
        (await client.Get("/api/units/2-west/board")).ShouldBeOk().Json.CardOf(stay)!.Value.GetProperty("missesGroups").GetBoolean();

    private static async Task<List<Guid>> LongHere(App of)
    {
        var (_, saved) = await of.Services.GetRequiredService<StateReader>().OnUnit(App.Facility, "2-west", ["stay"], default);
        return
        [
            .. saved
                .Select(s => (Stay)s.State)
                .Where(s => s.Leave is null && s.AdmittedAt < of.Clock.GetUtcNow().AddDays(-2))
                .Select(s => s.Id),
        ];
    }

    private static Task<CommandResult> Recorded(App of, Guid session, params (Guid Stay, AttendanceStatus Status)[] rows) =>
        of.Record(new RecordAttendance([.. rows.Select(r => new AttendanceRow(r.Stay, r.Status))]) { Key = session.ToString() });

    private async Task<Guid> Planned() => await Planned(app, 0);

    private Task<Guid> Held() => Held(app, 0);

    private static async Task<Guid> Planned(App of, double hours)
    {
        var session = Guid.NewGuid();
        await of.Record(
            new ScheduleGroup("2-west", GroupType.Therapy, "Coping skills", "R. Vance", of.Clock.GetUtcNow().AddHours(hours), 45)
            {
                Key = session.ToString(),
            }
        );
        return session;
    }

    // It was held in the last hour.
    private static async Task<Guid> Held(App of, double hours)
    {
        var session = await Planned(of, hours - 1);
        await of.Record(new StartGroup(of.Clock.GetUtcNow().AddHours(hours).AddMinutes(-50)) { Key = session.ToString() });
        await of.Record(new EndGroup(of.Clock.GetUtcNow().AddHours(hours).AddMinutes(-5)) { Key = session.ToString() });
        return session;
    }

    private async Task<GroupRoster> Roster(Guid session) =>
        (await app.Services.GetRequiredService<GroupReader>().Roster(App.Facility, session, default))!;
}
