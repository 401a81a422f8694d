using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Units;

/// <summary>
/// For what checks may be paused on a unit, and when somebody is told that a patient was not looked at: by a manager, in the browser or as
/// JSON.
/// </summary>
public sealed class WatchSetUpTests(App app) : IClassFixture<App>
{
    private const string Page = "/units/2-west/set-up";

    [Theory]
    [InlineData(Role.Technician)]
    [InlineData(Role.ChargeNurse)]
    [InlineData(Role.Integration)]
    public async Task Who_is_no_manager_sets_neither(Role role)
    {
        using var client = await app.As(role);
        (await client.Post("/api/unit/2-west/set-pause-reasons", new { reasons = Pauses.Usual })).ShouldBeProblem(403, "not-permitted");
        (await client.Post("/api/unit/2-west/set-watch-rules", new { missesInARow = 1, bathroomMinutes = 1 })).ShouldBeProblem(
            403,
            "not-permitted"
        );
        (await app.Press("tech", "/units/2-west/rounds", $"{Page}/pauses", ("reason-0", "Court"), ("minutes-0", "60"))).Status.ShouldBe(
            403
        );
        (
            await app.Press("charge", "/units/2-west/rounds", $"{Page}/watch", ("missesInARow", "1"), ("bathroomMinutes", "1"))
        ).Status.ShouldBe(403);
    }

    [Fact]
    public async Task As_json_each_is_set_and_what_is_wrong_is_named()
    {
        using var manager = await app.As(Role.Manager);
        (
            await manager.Post(
                "/api/unit/3-east/set-pause-reasons",
                new
                {
                    reasons = new object[]
                    {
                        new
                        {
                            id = "dialysis",
                            name = "Dialysis",
                            longestMinutes = 300,
                        },
                    },
                }
            )
        ).ShouldBeOk();
        (
            await manager.Post(
                "/api/unit/3-east/set-pause-reasons",
                new
                {
                    reasons = new object[]
                    {
                        new
                        {
                            id = "nap",
                            name = "Nap",
                            longestMinutes = 30,
                        },
                    },
                }
            )
        ).ShouldBeProblem(400, "pause-reason-on-unit", "reasons")["title"]!.ShouldContain("“Nap”");
        (
            await manager.Post(
                "/api/unit/3-east/set-pause-reasons",
                new
                {
                    reasons = new object[]
                    {
                        new
                        {
                            id = "x",
                            name = "X",
                            longest = 30,
                        },
                    },
                }
            )
        ).ShouldBeProblem(400, "field-unknown", "longest");
        (
            await manager.Post(
                "/api/unit/3-east/set-watch-rules",
                new
                {
                    missesInARow = 3,
                    bathroomMinutes = 4,
                    bathrooms = new[] { "Bathroom" },
                }
            )
        ).ShouldBeOk();
        (await manager.Post("/api/unit/3-east/set-watch-rules", new { missesInARow = 3, bathroomMinutes = 40 })).ShouldBeProblem(
            400,
            "bathroom-minutes-out-of-range",
            "bathroomMinutes"
        );
        var unit = await Unit("3-east");
        unit.PauseReasons.ShouldBe([new("dialysis", "Dialysis", 300)]);
        (unit.WatchRules.MissesInARow, unit.WatchRules.BathroomMinutes).ShouldBe((3, 4));
        unit.WatchRules.Bathrooms.ShouldBe(["Bathroom"]);
    }

    [Fact]
    public async Task As_a_form_a_reason_is_added_renamed_and_taken_away_and_keeps_its_id()
    {
        var saved = await app.Press(
            "manager",
            Page,
            $"{Page}/pauses",
            ("id-0", "procedure"),
            ("reason-0", "Procedure, test or scan"),
            ("minutes-0", "180"),
            ("id-1", "visit"),
            ("reason-1", " "),
            ("minutes-1", "240"),
            ("reason-2", "Procedure"),
            ("minutes-2", "60")
        );
        (saved.Status, saved.LeadsTo()).ShouldBe((303, $"{Page}?saved=pauses#part-pauses"));
        (await Unit("2-west")).PauseReasons.ShouldBe([
            new("procedure", "Procedure, test or scan", 180),
            new("procedure-2", "Procedure", 60),
        ]);

        var refused = await app.Press(
            "manager",
            Page,
            $"{Page}/pauses",
            ("reason-0", "Nap in the day room"),
            ("minutes-0", "60"),
            ("reason-1", "Court"),
            ("minutes-1", "long"),
            ("reason-2", "COURT"),
            ("minutes-2", "90000"),
            ("reason-3", "court"),
            ("minutes-3", "20")
        );
        refused.Status.ShouldBe(422);
        refused.ErrorAt("reason-0").ShouldNotBeNull().ShouldContain("whom somebody else has");
        refused.ErrorAt("minutes-1").ShouldNotBeNull().ShouldContain("in minutes how long “Court” lasts");
        refused.ErrorAt("minutes-2").ShouldNotBeNull().ShouldContain("between a minute and a day");
        refused.ErrorAt("reason-3").ShouldNotBeNull().ShouldContain("stands above already");
        refused.Text.ShouldContain("value=\"long\"");
        (await app.Press("manager", Page, $"{Page}/pauses", ("reason-0", "")))
            .ErrorAt("reasons")
            .ShouldNotBeNull()
            .ShouldContain("at least one");
    }

    [Fact]
    public async Task As_a_form_watch_rules_are_set_and_answered_at_the_field()
    {
        (await app.Press("manager", Page, $"{Page}/watch", ("missesInARow", "two"), ("bathroomMinutes", "5")))
            .ErrorAt("missesInARow")
            .ShouldNotBeNull()
            .ShouldContain("whole number");
        (await app.Press("manager", Page, $"{Page}/watch", ("missesInARow", "5"), ("bathroomMinutes", "5")))
            .ErrorAt("missesInARow")
            .ShouldNotBeNull()
            .ShouldContain("1 to 4");
        (await app.Press("manager", Page, $"{Page}/watch", ("missesInARow", "1"), ("bathroomMinutes", "")))
            .ErrorAt("bathroomMinutes")
            .ShouldNotBeNull()
            .ShouldContain("how many minutes");
        (
            await app.Press(
                "manager",
                Page,
                $"{Page}/watch",
                ("missesInARow", "1"),
                ("bathroomMinutes", "3"),
                ("bathrooms", "Bathroom"),
                ("bathrooms", "Quiet room")
            )
        )
            .LeadsTo()
            .ShouldBe($"{Page}?saved=watch#part-watch");
        var rules = (await Unit("2-west")).WatchRules;
        (rules.MissesInARow, rules.BathroomMinutes, string.Join('+', rules.Bathrooms)).ShouldBe((1, 3, "Bathroom+Quiet room"));
    }

    private async Task<Unit> Unit(string unit) => await app.Services.GetRequiredService<Log>().State<Unit>(App.Facility, unit, default);
}
