namespace Handoff.Api.Store;
public sealed class Rebuild { internal const string Forget = "forget:"; }
