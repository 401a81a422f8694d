using System.Security.Cryptography;

namespace Handoff.Web;

/// <summary>The scripts, styles and fonts that the build bundled into this assembly.</summary>
public static class Bundle
{
    /// <summary>
    /// The font's letters of western Europe's languages, in which nearly everything is written; the others are asked for when a page has
    /// them.
    /// </summary>
    public const string Font = "inter-latin-wght-normal.woff2";

    private static readonly Dictionary<string, Asset> Known = new[]
    {
        Read("handoff.css", "text/css; charset=utf-8"),
        Read("handoff.js", "text/javascript; charset=utf-8"),
        Read("theme.js", "text/javascript; charset=utf-8"),
        Read("icon.svg", "image/svg+xml"),
        Read(Font, "font/woff2"),
        Read("inter-latin-ext-wght-normal.woff2", "font/woff2"),
        Read("font-license.txt", "text/plain; charset=utf-8"),
    }.ToDictionary(asset => asset.Name);

    public static IReadOnlyCollection<Asset> All => Known.Values;

    /// <summary>A bundled file by its name, such as <c>handoff.css</c>; null if there is none.</summary>
    public static Asset? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>The address of a bundled file, with its hash.</summary>
    public static string Url(string name) => Known[name].Url;

    private static Asset Read(string name, string contentType)
    {
        var plain = Bytes(name);
        return new(
            name,
            contentType,
            Convert.ToHexStringLower(SHA256.HashData(plain))[..12],
            plain,
            Bytes(name + ".br"),
            Bytes(name + ".gz")
        );
    }

    private static byte[] Bytes(string name)
    {
        using var stream =
            typeof(Bundle).Assembly.GetManifestResourceStream("assets/" + name)
            ?? throw new InvalidOperationException($"The build embedded no asset named {name}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
