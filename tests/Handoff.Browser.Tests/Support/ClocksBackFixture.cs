namespace Handoff.Browser.Tests.Support;

/// <summary>The demo facility in Chicago on the night on which the clocks go back: it begins at 01:40, for the second time.</summary>
public sealed class ClocksBackFixture : AppFixture
{
    private static readonly Shifted Night = new(new DateTimeOffset(2027, 11, 7, 1, 40, 0, TimeSpan.FromHours(-6)) - DateTimeOffset.UtcNow);

    protected override string Filling => "clocks-back";

    protected override TimeProvider Now => Night;

    protected override string Zone => "America/Chicago";

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
