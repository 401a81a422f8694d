using System.Diagnostics;
using System.Net;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Access;

/// <summary>Where a request came from.</summary>
/// <param name="Device">What the client calls itself in <c>X-Device</c>, else its browser.</param>
public sealed record Origin(Guid Correlation, IPAddress? Address, string? Device)
{
    private const int DeviceLimit = 200;

    public static Origin FromRequest(HttpContext context) =>
        new(
            Activity.Current is { } activity
                ? new Guid(Convert.FromHexString(activity.TraceId.ToHexString()), bigEndian: true)
                : Guid.CreateVersion7(),
            context.Connection.RemoteIpAddress,
            Short(Text.Line(context.Request.Headers["X-Device"])) ?? Short(Text.Line(context.Request.Headers.UserAgent))
        );

    private static string? Short(string? device) =>
        device?.Length > DeviceLimit ? device[..(char.IsHighSurrogate(device[DeviceLimit - 1]) ? DeviceLimit - 1 : DeviceLimit)] : device;
}
