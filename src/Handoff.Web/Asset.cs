using System.Security.Cryptography;

namespace Handoff.Web;

/// <summary>
/// One bundled file, in the three forms that a browser may ask for. Served at <c>/assets/{name}</c>; the address that pages use carries
/// the content's hash, so the answer may be cached for ever.
/// </summary>
public sealed record Asset(string Name, string ContentType, string Hash, byte[] Plain, byte[] Brotli, byte[] Gzip)
{
    /// <summary>The address with the content's hash: <c>/assets/handoff.css?v=1a2b3c4d5e6f</c>.</summary>
    public string Url => $"/assets/{Name}?v={Hash}";

    /// <summary>The bytes in the best form that an Accept-Encoding header allows, and that form's name; null when plain.</summary>
    public (byte[] Bytes, string? Encoding) For(string? acceptEncoding)
    {
        var accepted = acceptEncoding ?? "";
        if (Takes(accepted, "br"))
        {
            return (Brotli, "br");
        }

        return Takes(accepted, "gzip") ? (Gzip, "gzip") : (Plain, null);
    }

    private static bool Takes(string accepted, string encoding) =>
        accepted
            .Split(',', StringSplitOptions.TrimEntries)
            .Any(one =>
                one.Split(';') is [var name, ..]
                && name.Trim() == encoding
                && !one.Replace(" ", "").EndsWith(";q=0", StringComparison.Ordinal)
            );
}
