using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;

namespace Handoff.Api.Tests.Observations;

/// <summary>A round that was made up is asked about, by those in charge and nobody else.</summary>
public sealed class RoundQuestionTests(App app) : IClassFixture<App>
{
    private const string Path = "/api/units/3-east/round-questions";

    [Theory]
    [InlineData(Role.Technician)]
    [InlineData(Role.Nurse)]
    [InlineData(Role.Prescriber)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Display)]
    public async Task Nobody_but_the_charge_nurse_and_the_manager_may(Role role)
    {
        using var client = await app.As(role);
        (await client.Get(Path)).ShouldBeProblem(403, "not-permitted");
        (await client.Post($"{Path}/{Guid.NewGuid()}/see-to", new { reason = "x" })).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task A_day_filled_in_at_once_is_asked_about_and_the_answer_stands_beside_it()
    {
        using var tech = await app.As(Role.Technician);
        using var charge = await app.As(Role.ChargeNurse);
        (await charge.Get(Path)).ShouldBeOk().Json.GetArrayLength().ShouldBe(0, "the demo's own days are honest");
        var stay = (await tech.Get("/api/units/3-east/board"))
            .Json.Cards()
            .First(card => card.GetProperty("away").ValueKind == System.Text.Json.JsonValueKind.Null)
            .Stay();
        foreach (var minutes in new[] { 64, 49, 34, 19 })
        {
            (
                await tech.Post(
                    $"/api/rounding/{stay}/record-check",
                    new
                    {
                        place = "Room",
                        isAsleep = false,
                        at = app.Clock.GetUtcNow().AddMinutes(-minutes),
                    }
                )
            ).ShouldBeOk();
        }

        // Whoever may see to it is told by a number, and for a while in words, on whatever page they have open; nobody else is, and
        // nobody's name is in it.
        const string notices = "/notices?on=/units/3-east/board&unit=3-east";
        app.Clock.Advance(TimeSpan.FromMinutes(4.2));
        (await charge.Get(notices))
            .ShouldBeOk()
            .Text.ShouldSatisfyAllConditions(
                text => text.ShouldContain("questions about checks: </span>2"),
                text => text.ShouldContain("There is a new question about checks on"),
                text => text.ShouldContain("/units/3-east/round-questions")
            );
        (await charge.Get("/units/3-east/board")).Text.ShouldContain("questions about checks: </span>2");
        (await charge.Get("/units/3-east/wall")).Text.ShouldNotContain("questions about checks");
        foreach (var asks in (string[])[notices, "/units/3-east/board"])
        {
            (await tech.Get(asks)).ShouldBeOk().Text.ShouldNotContain("question", customMessage: asks);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(10.2));
        (await charge.Get(notices)).Text.ShouldSatisfyAllConditions(
            text => text.ShouldContain("questions about checks: </span>"),
            text => text.ShouldNotContain("There is a new question")
        );

        var asked = (await charge.Get(Path)).ShouldBeOk().Json.EnumerateArray().ToList();
        asked.Select(q => q.GetProperty("kind").GetString()).ShouldBe(["EnteredTogether", "IdleSession"], ignoreOrder: true);
        asked.ShouldAllBe(q =>
            q.GetProperty("words").GetString()!.StartsWith("4 checks of one patient", StringComparison.Ordinal)
            && q.GetProperty("words").GetString()!.EndsWith('?')
        );
        var id = asked[0].GetProperty("id").GetGuid();
        (await charge.Post($"{Path}/{id}/see-to", new { })).ShouldBeProblem(400, "reason-missing", "reason");
        (await charge.Post($"{Path}/{Guid.NewGuid()}/see-to", new { reason = "x" })).ShouldBeProblem(404, "question-unknown", "question");
        (await charge.Post($"{Path}/{id}/see-to", new { reason = "Noted on paper, the tablet was charging" }))
            .ShouldBeOk()
            .Json.GetProperty("events")
            .GetArrayLength()
            .ShouldBe(1);
        var after = (await charge.Get(Path)).Json.EnumerateArray().Single(q => q.GetProperty("id").GetGuid() == id);
        after.GetProperty("seenTo").GetProperty("reason").GetString().ShouldBe("Noted on paper, the tablet was charging");
        (await charge.GetStringAsync("/units/3-east/round-questions")).ShouldContain("questions about checks: </span>1");
        (await charge.Post($"{Path}/{id}/see-to", new { reason = "Else" })).ShouldBeProblem(422, "question-seen-to");
        var page = await charge.GetStringAsync("/units/3-east/round-questions");
        page.ShouldContain("Noted on paper, the tablet was charging");
        page.ShouldContain("How were they made?");
    }

    [Fact]
    public async Task Whose_checks_were_asked_about_is_read_like_any_look_at_patients()
    {
        using var manager = await app.As(Role.Manager);
        (await manager.Get("/api/units/9-moon/round-questions")).ShouldBeProblem(404, "unit-unknown", "unit");
        (await manager.Get("/api/units/2-west/round-questions")).ShouldBeOk();
    }
}
