using System.Globalization;
using System.Text.RegularExpressions;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Handoff.Api;

/// <summary>
/// The moment of a board that an address asks for: <c>at</c>, an instant with its offset or a time on the unit's own clock;
/// <c>day</c> and <c>clock</c>, as the form sends them; <c>since</c> and <c>minute</c>, as the slider sends them; or <c>ago</c>, in
/// minutes. Without any of them it is now.
/// </summary>
internal sealed partial record Moment
{
    [FromQuery(Name = "at")]
    public string? At { get; init; }

    [FromQuery(Name = "day")]
    public string? Day { get; init; }

    [FromQuery(Name = "clock")]
    public string? Clock { get; init; }

    /// <summary>Which of the two, where the clock shows the time twice: <c>first</c> or <c>second</c>.</summary>
    [FromQuery(Name = "clockWhich")]
    public string? Which { get; init; }

    [FromQuery(Name = "ago")]
    public string? Ago { get; init; }

    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    [FromQuery(Name = "minute")]
    public string? Minute { get; init; }

    [FromQuery(Name = "days")]
    public string? Span { get; init; }

    public bool IsNow => (At, Day, Clock, Minute, MinutesAgo) is (null, null, null, null, null);

    /// <summary>How many days the slider goes through: 1 or 7.</summary>
    public int Days => Span == "7" ? 7 : 1;

    /// <summary>Minutes before now, at most a day.</summary>
    public int? MinutesAgo =>
        int.TryParse(Ago, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= 24 * 60 ? minutes : null;

    /// <summary>The instant, or what was asked for and why it can't be shown; then the instant is now.</summary>
    public (DateTimeOffset At, SubmittedForm? Refused) Read(UnitTime time, DateTimeOffset now) =>
        Instant(time) switch
        {
            null => (
                now,
                Refuse(Day is not null && Clock is not null && !IsDay ? "day" : "clock", "Give a day and a 24-hour time, such as 14:30.")
            ),
            _ when Unclear(time) is { } refused => (now, refused),
            { } at when at > now => (now, Refuse("clock", "That time has not come yet. Choose an earlier one.")),
            { } at => (time.Local(at), null),
        };

    public bool IsAhead(UnitTime time, DateTimeOffset now) => Instant(time) > now;

    private DateTimeOffset? Instant(UnitTime time) =>
        Api.Instant.TryRead(At, out var instant) ? instant
        : Slid() is { } slid ? slid
        : OnTheUnit() is { } local && local.Year is > 1900 and < 9999 ? WhichTime.Read(local, Which, time).At ?? time.Instant(local)
        : null;

    // A time on the unit's own clock that it skips, or shows twice.
    private SubmittedForm? Unclear(UnitTime time) =>
        !Api.Instant.TryRead(At, out _)
        && Slid() is null
        && OnTheUnit() is { } local
        && local.Year is > 1900 and < 9999
        && WhichTime.Read(local, Which, time).Wrong is var (suffix, words)
            ? SubmittedForm.FromForm(
                new Dictionary<string, StringValues>
                {
                    ["day"] = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["clock"] = UnitTime.Typed(TimeOnly.FromDateTime(local)),
                },
                new FieldError("clock" + suffix, words)
            )
            : null;

    private DateTimeOffset? Slid() =>
        Api.Instant.TryRead(Since, out var start)
        && int.TryParse(Minute, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
        && minutes <= 8 * 24 * 60
            ? start.AddMinutes(minutes)
            : null;

    private DateTime? OnTheUnit() =>
        At is not null
            ? DateTime.TryParseExact(At, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed)
                ? typed
                : null
            : IsDay && Times().Match(Clock ?? "") is { Success: true } clock
                ? ParsedDay.AddHours(Number(clock, "hour")).AddMinutes(Number(clock, "minute"))
                : null;

    private bool IsDay => DateTime.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private DateTime ParsedDay => DateTime.ParseExact(Day!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private SubmittedForm Refuse(string field, string words) =>
        SubmittedForm.FromForm(
            new Dictionary<string, StringValues> { ["day"] = Day, ["clock"] = Clock }.Where(typed => typed.Value.Count > 0),
            new FieldError(field, words)
        );

    private static int Number(Match clock, string part) => int.Parse(clock.Groups[part].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<hour>[01]?[0-9]|2[0-3]):?(?<minute>[0-5][0-9])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();
}
