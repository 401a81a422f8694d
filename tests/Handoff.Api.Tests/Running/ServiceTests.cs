using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Api.Store;
using Handoff.Api.Tests.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Running;

public sealed partial class ServiceTests : IAsyncLifetime
{
    private const string Secret = "Perpetua Vandersloot";
    private readonly Guid poisoned = Guid.CreateVersion7();
    private bool isPoisoned = true,
        isDone;
    private App app = null!;
    private HttpClient manager = null!;

    public async Task InitializeAsync()
    {
        app = await App.Start(new() { Reactions = [new("Poison", React)] });
        manager = await app.As(Role.Manager);
    }

    public async Task DisposeAsync()
    {
        manager.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Only_who_keeps_the_service_sees_how_it_runs()
    {
        foreach (var role in Enum.GetValues<Role>().Except([Role.Manager, Role.Feed]))
        {
            using var client = await app.As(role);
            (await client.Get("/api/service")).ShouldBeProblem(403, "not-permitted");
            (await client.GetAsync("/service")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        }

        var state = (await manager.Get("/api/service")).ShouldBeOk().Json;
        state.GetProperty("schema").GetProperty("isCurrent").GetBoolean().ShouldBeTrue();
        state
            .GetProperty("lags")
            .EnumerateArray()
            .Select(l => l.GetProperty("name").GetString())
            .ShouldBe(
                [
                    "CareFollowsStay",
                    "ConcernsFollowChecks",
                    "DepartureFollowsStay",
                    "ContingenciesFollowEvents",
                    "notices",
                    "Poison",
                    "RoundingFollowsStay",
                    "StatusFollowsStay",
                    "TasksFollowDecisions",
                    "WhatHelpsFollowsIncidents",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task A_poisoned_reaction_comes_to_the_dead_letters_while_all_else_goes_on_and_is_done_again_by_hand()
    {
        await app.Record(new Admit("P1", "Vandersloot", "Perpetua", "2-west", null, BedMayBeTaken: true) { Key = poisoned.ToString() });
        var letter = await Dead();
        letter.GetProperty("what").GetString().ShouldBe("Poison");
        letter.GetProperty("failure").GetString()!.ShouldContain("InvalidDataException");

        // The patient's other reactions were done, and so are those to whatever comes after, of this patient too.
        await Waiting.Until(async () => (await State<Rounding>(poisoned)).IsRunning());
        var other = Guid.CreateVersion7();
        await app.Record(new Admit("P2", "Next", "Ne", "2-west", null, BedMayBeTaken: true) { Key = other.ToString() });
        await Waiting.Until(async () => (await State<Rounding>(other)).IsRunning());
        await app.Record(new Discharge(null) { Key = poisoned.ToString() });
        await Waiting.Until(async () => !(await State<Rounding>(poisoned)).IsRunning());

        isPoisoned = false;
        await Press(letter, "again");
        await Waiting.Until(() => Task.FromResult(isDone));
        await Waiting.Until(async () => (await Letters()).Count == 0);
        (await manager.GetStringAsync("/service")).ShouldContain("Everything that follows");
        app.Logged.ShouldAllBe(line => !line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_given_up_with_a_reason_that_stands_in_the_log_and_by_nobody_of_another_facility()
    {
        await app.Record(new Admit("P1", "Vandersloot", "Perpetua", "2-west", null, BedMayBeTaken: true) { Key = poisoned.ToString() });
        var letter = await Dead();
        (await Press(letter, "give-up", new() { ["reason"] = " " })).ShouldContain("Say why");
        (await Letters()).Count.ShouldBe(1);

        (await manager.GetStringAsync("/service")).ShouldNotContain(Secret);
        await Press(letter, "give-up", new() { ["reason"] = "The chart has it" });
        (await Letters()).ShouldBeEmpty();
        var given = await app.Services.GetRequiredService<LogReader>().Stream(App.Facility, "facility-main", default).ToListAsync();
        given.Select(l => l.Recorded.Event).OfType<OwedGivenUp>().ShouldHaveSingleItem().Reason.ShouldBe("The chart has it");
    }

    // It throws with a patient's name in its words, as an error of a real one might.
    private IEnumerable<ICommand> React(EventEnvelope fact)
    {
        if (fact.Event is Admitted && fact.Key == poisoned.ToString())
        {
            isDone = isPoisoned ? throw new InvalidDataException(Secret) : true;
        }

        return [];
    }

    private async ValueTask<T> State<T>(Guid id)
        where T : State, new() => await app.Services.GetRequiredService<Log>().State<T>(App.Facility, id.ToString(), default);

    private async Task<JsonElement> Dead()
    {
        await Waiting.Until(async () => (await Letters()).Count == 1);
        return (await Letters())[0];
    }

    private async Task<List<JsonElement>> Letters() =>
        [.. (await manager.Get("/api/service")).ShouldBeOk().Json.GetProperty("deadLetters").EnumerateArray()];

    private async Task<string> Press(JsonElement letter, string act, Dictionary<string, string>? fields = null)
    {
        using var browser = app.Anonymous();
        browser.DefaultRequestHeaders.Add("Cookie", await app.Cookie("manager"));
        var page = await browser.GetAsync("/service");
        browser.DefaultRequestHeaders.Add(
            "Cookie",
            page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : []
        );
        fields ??= [];
        fields["__RequestVerificationToken"] = Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
        fields["request"] = Guid.CreateVersion7().ToString();
        using var form = new FormUrlEncodedContent(fields);
        var answer = await browser.PostAsync($"/service/{letter.GetProperty("id").GetGuid()}/{act}", form);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
