using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Browser.Tests.Status;

/// <summary>The demo facility with one patient of whom everything was recorded, some of it long, and a few of whom a little was.</summary>
public sealed class StatusFixture : AppFixture
{
    public static readonly string Full = Bed("203B");

    protected override string Filling => "status";

    protected override async Task Fill(IServiceProvider services)
    {
        await base.Fill(services);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var command in Entries(now).Concat(Night(now)))
        {
            (
                await services.GetRequiredService<Log>().Send(Facility, new(command, Actor.Clock, Guid.CreateVersion7(), Source.Import))
            ).Refusal.ShouldBeNull();
        }
    }

    private static IEnumerable<ICommand> Entries(DateTimeOffset now) =>
        [
            new SetBaseline(BehaviorDomain.Mood, 1, "worried") { Key = Full },
            new SetBaseline(BehaviorDomain.Social, 2) { Key = Full },
            new SetBaseline(BehaviorDomain.Speech, 1) { Key = Full },
            new ObserveBehavior(BehaviorDomain.Mood, "hopeless", 3, "It won't get better") { Key = Full },
            new ObserveBehavior(BehaviorDomain.Social, "joins in", 1) { Key = Full },
            new ObserveBehavior(BehaviorDomain.Speech, "slow", 1) { Key = Full },
            new ObserveBehavior(BehaviorDomain.Perception, "talks to somebody in the corner of the room", 3) { Key = Full },
            new StartPrecaution(PrecautionKind.Suicide, "Told staff of a plan for tonight") { Key = Full },
            new StartPrecaution(PrecautionKind.SexualActingOut, "Entered another room at night") { Key = Full },
            new StartPrecaution(PrecautionKind.Medical, "New insulin scheme", "insulin, checks before every meal") { Key = Full },
            new RecordMeal(Meal.Breakfast, null, IsDeclined: true, At: now.AddHours(-7)) { Key = Full },
            new RecordMeal(Meal.Lunch, null, IsDeclined: true, At: now.AddHours(-2)) { Key = Full },
            new RecordPreference(PreferenceKind.Calms, "A walk in the courtyard with somebody who does not talk") { Key = Full },
            new RecordPreference(PreferenceKind.Triggers, "Being touched from behind; doors that slam") { Key = Full },
            new RecordPreference(PreferenceKind.Pronouns, "they/them") { Key = Full },
            new StartPrecaution(PrecautionKind.Fall, "Unsteady after the first dose") { Key = Bed("201A") },
            new RecordMeal(Meal.Lunch, 10, At: now.AddHours(-1)) { Key = Bed("202B") },
            new StartPrecaution(PrecautionKind.Elopement, "Tried the door twice", At: now.AddHours(-26)) { Key = Bed("203B") },
        ];

    // The last three days and nights, at most as far back as the stay.
    private static IEnumerable<ICommand> Night(DateTimeOffset now) =>
        Enumerable
            .Range(0, 3 * 48)
            .Select(half => now.AddHours(half / 2.0 - 72.1))
            .Select(at => (At: at, IsAsleep: at.Hour is >= 23 or < 3))
            .Select(seen => new RecordCheck("Room", seen.IsAsleep, seen.IsAsleep ? true : null, At: seen.At) { Key = Full });

    private static string Bed(string bed) => NamedId.From("demo", "2-west", bed).ToString();
}
