using System.Globalization;
using Handoff.Domain.Access;

namespace Handoff.Simulator;

/// <summary>
/// Requests with fields that are not there and values that can't be: each is refused by its own code, and records nothing.
/// </summary>
internal static class Mistypings
{
    private static readonly Func<Misstep, Task>[] All =
    [
        on => Check(on, """{"palce":"Room","isAsleep":false}""", "field-unknown"),
        on => Check(on, """{"place":"Room","isAsleep":"maybe"}""", "json-invalid"),
        on => Check(on, """{"place":"Room"}""", "is-asleep-missing"),
        on => Check(on, """{"place":"Room","isAsleep":true}""", "breathing-seen-missing"),
        on => Check(on, """{"isAsleep":false}""", "place-missing"),
        on => Check(on, "", "place-missing"),
        on => Check(on, "place=Room", "json-invalid"),
        on => Check(on, """{"place":"Room","place":"Hall","isAsleep":false}""", "json-invalid"),
        on => Check(on, """{"place":"Room","isAsleep":false,"at":"yesterday"}""", "json-invalid"),
        on =>
            Check(
                on,
                $$"""{"place":"Room","isAsleep":false,"at":"{{on.Now.AddHours(5).ToString("O", CultureInfo.InvariantCulture)}}"}""",
                "time-in-future"
            ),
        on => Check(on, $$"""{"place":"{{new string('x', 60)}}","isAsleep":false}""", "text-too-long"),
        on =>
            on.Mistype(
                Permission.RecordCheck,
                $"rounding/{on.Id("nobody")}/record-check",
                """{"place":"Room","isAsleep":false}""",
                "stay-unknown"
            ),
        on => on.Mistype(Permission.RecordCheck, $"rounding/{on.Key}/record-chek", """{"place":"Room","isAsleep":false}""", "not-found"),
        on => on.Mistype(Permission.RecordCheck, $"rounding/{on.Key}/skip-check", """{"reason":"  "}""", "reason-missing"),
        on =>
            on.Mistype(
                Permission.RecordCheck,
                $"rounding/{on.Key}/take-back-check",
                $$"""{"check":"{{on.Id("no check")}}","reason":"Wrong"}""",
                "check-unknown"
            ),
        on => on.Mistype(Permission.RaiseLevel, $"rounding/{on.Key}/order-level", """{"level":"Q7","reason":"Restless"}""", "json-invalid"),
        on =>
            on.Mistype(
                Permission.PauseObservation,
                $"rounding/{on.Key}/pause-observation",
                """{"reason":"smoking","expectedReturn":"2999-01-01T00:00:00Z"}""",
                "pause-reason-unknown"
            ),
        on =>
            on.Mistype(
                Permission.PauseObservation,
                $"rounding/{on.Key}/pause-observation",
                """{"reason":"procedure","with":"Kim","expectedReturn":"2020-01-01T00:00:00Z"}""",
                "return-in-past"
            ),
        on =>
            on.Mistype(
                Permission.Observe,
                $"patient-status/{on.Key}/record-meal",
                """{"meal":"lunch","percent":140}""",
                "percent-out-of-range",
                "json-invalid"
            ),
        on =>
            on.Mistype(
                Permission.Observe,
                $"patient-status/{on.Key}/observe-behavior",
                """{"domain":"mood","descriptor":"Low","intensity":9}""",
                "intensity-out-of-range",
                "json-invalid"
            ),
        on =>
            on.Mistype(
                Permission.WriteNote,
                $"note/{on.Id("note")}/sign-note",
                $$"""{"stay":"{{on.Key}}","kind":"shift","text":" "}""",
                "text-missing",
                "json-invalid"
            ),
        on =>
            on.Mistype(
                Permission.WriteNote,
                "note/first/sign-note",
                $$"""{"stay":"{{on.Key}}","kind":"shift","text":"Calm"}""",
                "note-id-invalid",
                "json-invalid"
            ),
        on => on.Mistype(Permission.HandOver, $"care/{on.Key}/write-handoff", """{"section":"weather","words":"Rain"}""", "json-invalid"),
        on =>
            on.Mistype(
                Permission.RaiseConcern,
                $"escalation/{on.Id("concern")}/escalate-concern",
                $$"""{"stay":"{{on.Id("nobody")}}","urgency":"urgent","situation":"Silent"}""",
                "stay-unknown",
                "json-invalid"
            ),
    ];

    /// <summary>Somebody mistypes one thing after another.</summary>
    public static async Task Some(Misstep on)
    {
        var first = on.OneOf([.. Enumerable.Range(0, All.Length)], "mistyped");
        for (var nth = 0; nth < All.Length; nth += 5)
        {
            await All[(first + nth) % All.Length](on);
            on.Later(0.2, 2);
        }
    }

    private static Task Check(Misstep on, string body, string rightly) =>
        on.Mistype(Permission.RecordCheck, $"rounding/{on.Key}/record-check", body, rightly);
}
