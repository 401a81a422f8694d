namespace Handoff.Api;

internal static class RequestBytes
{
    /// <summary>The whole body, or null if it is more than <paramref name="most"/> bytes.</summary>
    /// <remarks>A sender is heard out even when nothing more is kept: whoever is cut off while sending doesn't read the answer.</remarks>
    public static async Task<byte[]?> Read(Stream body, int most, CancellationToken cancel)
    {
        var (kept, part) = (new MemoryStream(), new byte[8_192]);
        while (await body.ReadAsync(part, cancel) is > 0 and var read)
        {
            if (kept.Length <= most)
            {
                kept.Write(part, 0, read);
            }
        }

        return kept.Length > most ? null : kept.ToArray();
    }
}
