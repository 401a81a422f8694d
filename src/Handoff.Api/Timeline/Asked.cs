using System.Globalization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;
using Microsoft.AspNetCore.Mvc;

namespace Handoff.Api.Timeline;

/// <summary>What an address asks of a timeline. A field that is empty, as forms send it, or can't be read asks for nothing.</summary>
internal sealed record Asked
{
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [FromQuery(Name = "by")]
    public string? By { get; init; }

    [FromQuery(Name = "shift")]
    public string? Shift { get; init; }

    [FromQuery(Name = "severity")]
    public string? Severity { get; init; }

    [FromQuery(Name = "q")]
    public string? Words { get; init; }

    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [FromQuery(Name = "down")]
    public string? DownTo { get; init; }

    [FromQuery(Name = "event")]
    public string? Event { get; init; }

    /// <summary>The timeline as it stood at this instant.</summary>
    [FromQuery(Name = "at")]
    public string? At { get; init; }

    public EntryFilter Sought =>
        new(
            Text.Line(Kind),
            Text.Line(By),
            Text.Line(Shift),
            Severity switch
            {
                "notable" => Significance.Notable,
                "critical" => Significance.Critical,
                _ => Significance.Usual,
            },
            Text.Line(Words)
        );

    public EntryPageRequest Cut => new(Position(Before), Position(After), Position(DownTo), Guid.TryParse(Event, out var id) ? id : null);

    private static long? Position(string? typed) =>
        long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
