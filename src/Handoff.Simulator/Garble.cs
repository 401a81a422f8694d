using System.Globalization;

namespace Handoff.Simulator;

/// <summary>
/// A movement as a careless interface writes it: a feed of its own, so that what is learned of it is not learned of the other.
/// </summary>
internal static class Garble
{
    private const char End = '\r';

    /// <summary>The message as it should be.</summary>
    public static string Text(this Movement movement, string trigger, string control) =>
        (movement with { Trigger = trigger, ControlId = control })
            .Text()
            .Replace("|SIMULATE|WARD|", "|CARELESS|WARD|", StringComparison.Ordinal);

    /// <summary>Said to be for training (MSH-11).</summary>
    public static string ForTraining(this string message) => message.Replace("|P|2.5.1", "|T|2.5.1", StringComparison.Ordinal);

    /// <summary>A name with one part.</summary>
    public static string NameOfOnePart(this string message) => Field(message, "PID", 5, name => name.Split('^')[0]);

    /// <summary>With a visit's number (PV1-19).</summary>
    public static string OfVisit(this string message, string number) => Field(message, "PV1", 19, _ => number);

    /// <summary>With a number that is given up (MRG-1).</summary>
    public static string Giving(this string message, string number) => $"{message}MRG|{number}^^^SIMULATE^MR{End}";

    /// <summary>Two patients in one message.</summary>
    public static string And(this string message, string other) =>
        message
        + string.Concat(
            other
                .Split(End)
                .Where(line => line.StartsWith("PID", StringComparison.Ordinal) || line.StartsWith("PV1", StringComparison.Ordinal))
                .Select(line => line + End)
        );

    /// <summary>Broken off in the middle of a segment.</summary>
    public static string Cut(this string message) => message[..(message.IndexOf("PID|", StringComparison.Ordinal) + 6)];

    /// <summary>Several as one, in a file of one batch.</summary>
    /// <param name="announced">How many the trailer says there are.</param>
    public static string Batch(string control, int announced, params string[] messages) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $@"FHS|^~\&|CARELESS|WARD{End}BHS|^~\&|CARELESS|WARD|HANDOFF|WARD|||||{control}{End}"
                + $@"{string.Concat(messages)}BTS|{announced}{End}FTS|1{End}"
        );

    private static string Field(string message, string segment, int number, Func<string, string> said) =>
        string.Concat(
            message
                .Split(End, StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                {
                    List<string> fields = [.. line.Split('|')];
                    if (fields[0] == segment)
                    {
                        fields.AddRange(Enumerable.Repeat("", Math.Max(0, number + 1 - fields.Count)));
                        fields[number] = said(fields[number]);
                    }

                    return string.Join('|', fields) + End;
                })
        );
}
