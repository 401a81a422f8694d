using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Mllp;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>One line of a message. What isn't there is empty, never an error; numbers count from 1 as HL7 counts.</summary>
/// <param name="Line">The line as sent, its separator not included; empty for a segment that isn't there.</param>
/// <param name="Syntax">The message's delimiters.</param>
/// <param name="IsBroken">A line that is no segment follows: probably the rest of this one.</param>
public readonly record struct Hl7Segment(ReadOnlyMemory<char> Line, Hl7Syntax Syntax, bool IsBroken = false)
{
    public string Name => IsAbsent ? "" : Line[..3].ToString();
    public bool IsAbsent => Line.IsEmpty;
    public Hl7Field this[int number] => Field(number);

    /// <summary>The field with HL7's number. In MSH, field 1 is the separator itself and field 2 the encoding characters.</summary>
    public Hl7Field Field(int number) =>
        (Name, number) switch
        {
            ("MSH", 1) => new(Line.Slice(3, Math.Min(1, Line.Length - 3)), Hl7Syntax.Verbatim),
            ("MSH", 2) => new(Hl7Pieces.Nth(Line, Syntax.Field, 2), Hl7Syntax.Verbatim),
            ("MSH", _) => new(Hl7Pieces.Nth(Line, Syntax.Field, number), Syntax),
            _ => new(Hl7Pieces.Nth(Line, Syntax.Field, number + 1), Syntax),
        };
}

/// <summary>One repetition of a field: one or more components.</summary>
public readonly record struct Hl7Repetition(ReadOnlyMemory<char> Raw, Hl7Syntax Syntax)
{
    public bool IsEmpty => Raw.Span.IsWhiteSpace();
    public bool IsNull => Component(1).IsNull;
    public string Text => Component(1).Text;

    public Hl7Component Component(int number) => new(Hl7Pieces.Nth(Raw, Syntax.Component, number), Syntax);
}

/// <summary>One component: one or more subcomponents, of which the first is its text.</summary>
public readonly record struct Hl7Component(ReadOnlyMemory<char> Raw, Hl7Syntax Syntax)
{
    public bool IsEmpty => Raw.Span.IsWhiteSpace();

    /// <summary>Two quotation marks: the sender says that the value is to be removed. An empty value says nothing.</summary>
    public bool IsNull => Raw.Span.SequenceEqual("\"\"");

    /// <summary>The text with its escapes read; "" where it is absent or null.</summary>
    public string Text => Subcomponent(1);

    public string Subcomponent(int number) => IsNull ? "" : Hl7Escapes.Read(Hl7Pieces.Nth(Raw, Syntax.Subcomponent, number).Span, Syntax);
}
