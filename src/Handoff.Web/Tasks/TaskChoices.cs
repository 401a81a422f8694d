using System.Globalization;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Components;
using Handoff.Web.Layout;

namespace Handoff.Web.Tasks;

/// <summary>What forms about tasks offer, so that most of them are two taps.</summary>
public static class TaskChoices
{
    /// <summary>Roles that work on the floor.</summary>
    public static readonly IReadOnlyList<Role> Roles = [Role.Technician, Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Clinician];

    public static readonly IReadOnlyList<Option> Reasons =
    [
        new("The patient is asleep", "Patient asleep"),
        new("The patient is away", "Patient away"),
        new("The patient declined for now", "Patient declined for now"),
        new("Waiting for somebody else", "Waiting for somebody"),
        new("Something more urgent came up", "More urgent work"),
    ];

    /// <summary>As forms send it: <c>role:Nurse</c>, <c>person:…</c>. Yourself first, then the roles, then everybody by name.</summary>
    public static IReadOnlyList<Option> Owners(PageContext frame, IEnumerable<OwnerOption> people) =>
        [
            .. Roles.Contains(frame.Viewer!.Role) ? new[] { new Option("person:" + frame.Viewer.Id, $"Me, {frame.Viewer.Name}") } : [],
            .. Roles.Select(role => new Option("role:" + role, "Any " + role.Words().ToLowerInvariant())),
            .. people
                .Where(one => one.Person != frame.Viewer.Id)
                .Select(one => new Option("person:" + one.Person, $"{one.Name}, {one.Role.Words().ToLowerInvariant()}")),
        ];

    /// <summary>Times that are often meant, the likeliest first: the end of the shift unless that is near.</summary>
    /// <param name="after">Only later ones than this are meant: what is put off is due already.</param>
    public static IReadOnlyList<Option> Times(Unit unit, DateTimeOffset now, DateTimeOffset? after = null)
    {
        var time = unit.Time();
        var from = after > now ? after.Value : now;
        var words = after > now ? "{0} later" : "In {0}";
        var ends = unit.ShiftAt(now)?.Ends;
        var morning = time.Instant(DateOnly.FromDateTime(time.Local(from).DateTime).AddDays(1).ToDateTime(new(9, 0)));
        (string Words, DateTimeOffset At)[] all =
        [
            .. ends is { } end && end - from > TimeSpan.FromMinutes(30) ? new[] { ("End of shift", end) } : [],
            (Said("1 hour"), Round(from.AddHours(1))),
            (Said("2 hours"), Round(from.AddHours(2))),
            (Said("4 hours"), Round(from.AddHours(4))),
            (time.Day(morning), morning),
        ];
        return [.. all.Select(t => new Option(t.At.ToString("O", CultureInfo.InvariantCulture), t.Words, time.Clock(t.At)))];

        string Said(string span) => string.Format(CultureInfo.InvariantCulture, words, span);
    }

    // Nobody means 14:07.
    private static DateTimeOffset Round(DateTimeOffset at) => new(at.Ticks - at.Ticks % TimeSpan.FromMinutes(5).Ticks, at.Offset);
}
