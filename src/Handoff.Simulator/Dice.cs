namespace Handoff.Simulator;

/// <summary>
/// Chance without a memory: the same seed and the same question give the same answer, in whatever order the questions come.
/// </summary>
public sealed class Dice(int seed)
{
    /// <summary>A number in [0, 1) that belongs to what is asked.</summary>
    public double Roll(params ReadOnlySpan<string> about)
    {
        var hash = Mix((uint)seed);
        foreach (var part in about)
        {
            foreach (var letter in part)
            {
                hash = (hash ^ letter) * 0x100000001B3;
            }

            hash = Mix(hash);
        }

        return (hash >> 11) * (1.0 / (1L << 53));
    }

    public bool Happens(double chance, params ReadOnlySpan<string> about) => Roll(about) < chance;

    /// <summary>One of them, all as likely.</summary>
    public T OneOf<T>(IReadOnlyList<T> choices, params ReadOnlySpan<string> about) => choices[(int)(Roll(about) * choices.Count)];

    /// <summary>One of them by weight; the weights come to about 1, and the last one takes the rest.</summary>
    public T Weighed<T>(IReadOnlyList<(T Choice, double Weight)> choices, params ReadOnlySpan<string> about)
    {
        var left = Roll(about);
        foreach (var (choice, weight) in choices.SkipLast(1))
        {
            left -= weight;
            if (left < 0)
            {
                return choice;
            }
        }

        return choices[^1].Choice;
    }

    public TimeSpan Between(TimeSpan least, TimeSpan most, params ReadOnlySpan<string> about) => least + (most - least) * Roll(about);

    // FNV-1a takes the letters in, SplitMix64's last steps spread them over all bits.
    private static ulong Mix(ulong hash)
    {
        hash += 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
