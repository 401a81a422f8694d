using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;

namespace Handoff.Api.Tests.Observations;

/// <summary>How many looks were in time, by both times of each check, for those in charge and nobody else.</summary>
public sealed class RoundComplianceTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData(Role.Technician)]
    [InlineData(Role.Nurse)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Display)]
    public async Task Nobody_but_the_charge_nurse_and_the_manager_may(Role role)
    {
        using var client = await app.As(role);
        (await client.Get("/api/units/3-east/round-compliance")).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task Looks_in_time_are_counted_by_both_times_of_a_check()
    {
        using var tech = await app.As(Role.Technician);
        using var charge = await app.As(Role.ChargeNurse);
        (await charge.Get("/api/units/9-moon/round-compliance")).ShouldBeProblem(404, "unit-unknown", "unit");
        var before = (await charge.Get("/api/units/2-west/round-compliance")).ShouldBeOk().Json.EnumerateArray().ToList();
        before.Sum(line => line.GetProperty("looks").GetProperty("due").GetInt32()).ShouldBePositive();
        var stay = before[0].GetProperty("stay").GetGuid();
        (
            await tech.Post(
                $"/api/rounding/{stay}/record-check",
                new
                {
                    place = "Room",
                    isAsleep = false,
                    at = app.Clock.GetUtcNow().AddMinutes(-40),
                    seenWhileAway = true,
                }
            )
        ).ShouldBeOk();
        var after = (await charge.Get("/api/units/2-west/round-compliance"))
            .Json.EnumerateArray()
            .Single(line => line.GetProperty("stay").GetGuid() == stay)
            .GetProperty("looks");
        after.GetProperty("enteredLate").GetInt32().ShouldBe(before[0].GetProperty("looks").GetProperty("enteredLate").GetInt32() + 1);
        after.GetProperty("dueThen").GetInt32().ShouldBe(before[0].GetProperty("looks").GetProperty("dueThen").GetInt32());
        (await charge.GetStringAsync("/units/2-west/round-questions")).ShouldContain("Looks in time, last 24 hours");
    }
}
