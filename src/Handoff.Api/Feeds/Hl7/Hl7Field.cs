using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>A field: one or more repetitions.</summary>
public readonly record struct Hl7Field(ReadOnlyMemory<char> Raw, Hl7Syntax Syntax)
{
    public bool IsEmpty => Raw.Span.IsWhiteSpace();
    public bool IsNull => First.IsNull;
    public string Text => First.Text;
    public Hl7Repetition First => new(Hl7Pieces.Nth(Raw, Syntax.Repetition, 1), Syntax);

    public Hl7Component Component(int number) => First.Component(number);

    public IEnumerable<Hl7Repetition> Repetitions
    {
        get
        {
            var syntax = Syntax;
            return Hl7Pieces.All(Raw, syntax.Repetition).Select(piece => new Hl7Repetition(piece, syntax));
        }
    }
}
