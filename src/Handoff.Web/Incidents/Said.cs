using Handoff.Domain.Incidents;
using Handoff.Web.Components;

namespace Handoff.Web.Incidents;

/// <summary>What the domain says inside of sentences, at the beginning of one.</summary>
public static class Said
{
    public static string First(this string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    public static Option[] All<T>(Func<T, string> words)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(one => new Option(one.ToString(), words(one).First()))];

    public static string Title(this IncidentPicture incident) => incident.Kind.Words().First();
}
