using System.Text.Json;

namespace Handoff.Api;

internal static class JsonCopy
{
    /// <summary>HTTP speaks the same JSON as the log.</summary>
    public static void Copy(this JsonSerializerOptions to, JsonSerializerOptions from)
    {
        to.PropertyNamingPolicy = from.PropertyNamingPolicy;
        to.NumberHandling = from.NumberHandling;
        foreach (var converter in from.Converters)
        {
            to.Converters.Add(converter);
        }
    }
}
