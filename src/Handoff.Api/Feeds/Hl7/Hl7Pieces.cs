using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

internal static class Hl7Pieces
{
    internal static ReadOnlyMemory<char> Nth(ReadOnlyMemory<char> whole, char delimiter, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        for (; number > 1; number--)
        {
            var end = whole.Span.IndexOf(delimiter);
            if (end < 0)
            {
                return default;
            }

            whole = whole[(end + 1)..];
        }
        var length = whole.Span.IndexOf(delimiter);
        return length < 0 ? whole : whole[..length];
    }

    internal static IEnumerable<ReadOnlyMemory<char>> All(ReadOnlyMemory<char> whole, char delimiter)
    {
        if (whole.IsEmpty)
        {
            yield break;
        }

        for (var end = whole.Span.IndexOf(delimiter); end >= 0; end = whole.Span.IndexOf(delimiter))
        {
            yield return whole[..end];
            whole = whole[(end + 1)..];
        }
        yield return whole;
    }
}
