namespace Handoff.Api.Feeds.Adt;

/// <summary>Configuration section <c>Adt</c>.</summary>
/// <param name="Zone">The sender's time zone; null where each unit's own is meant.</param>
public sealed record AdtSettings(TimeZoneInfo? Zone)
{
    /// <exception cref="InvalidOperationException"><c>Adt:Zone</c> is no time zone.</exception>
    public static AdtSettings FromConfiguration(IConfiguration configuration) =>
        configuration["Adt:Zone"] switch
        {
            null or "" => new(default(TimeZoneInfo)),
            var name when TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) => new(zone),
            var name => throw new InvalidOperationException($"Adt:Zone is {name}, which is no time zone. Write it as America/Chicago."),
        };
}
