using Microsoft.AspNetCore.Http.Features;

namespace Handoff.Api;

internal static class RequestBytes
{
    private const long MostHeard = 64_000_000;

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

    /// <summary>Reads on to the end of a body that was refused for its length, and keeps nothing, for the same reason.</summary>
    public static async Task HearOut(HttpContext context, CancellationToken cancel)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostHeard;
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null, cancel);
            }
            catch (Exception stopped) when (stopped is IOException or BadHttpRequestException or OperationCanceledException)
            {
                // It is much too large, too slow, or gone.
            }
        }
    }
}
