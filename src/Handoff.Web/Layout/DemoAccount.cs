using Handoff.Domain.Access;

namespace Handoff.Web.Layout;

/// <summary>An account of the demo facility, offered on the sign-in page while that facility is loaded.</summary>
/// <param name="IsRelief">One of another crew, whose role has an account already.</param>
public sealed record DemoAccount(Role Role, string Name, string UserName, string Password, bool IsRelief = false);
