using System.Text.RegularExpressions;
using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>
/// The refusal of something that a request says and nothing here reads. Leaving it aside would answer another question than the one that
/// was asked.
/// </summary>
internal static partial class UnknownField
{
    /// <param name="kind">What it is in the request: <c>a field</c>, <c>a parameter</c>.</param>
    /// <param name="taken">What this takes instead, where that is a short list.</param>
    public static Refusal Refusing(string name, string kind, params IReadOnlyCollection<string> taken) =>
        new(
            "field-unknown",
            (IsName().IsMatch(name), name) switch
            {
                (true, "at") =>
                    "“at” is not taken here: this has no time that could be given, and is not shown as it stood earlier. Leave it out.",
                (true, _) => $"“{name}” is not {kind} that is taken here.{Taken(taken)}",
                _ => $"There is {kind} here that is not taken, and its name is not a name.{Taken(taken)}",
            },
            IsName().IsMatch(name) ? name : null,
            RefusalKind.Invalid
        );

    private static string Taken(IReadOnlyCollection<string> taken) =>
        taken.Count == 0 ? " Leave it out." : $" Taken are {string.Join(", ", taken.Order(StringComparer.Ordinal))}.";

    // What looks like a name is said back; anything else may hold anything, also a patient's name.
    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]{0,39}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsName();
}
