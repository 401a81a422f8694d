namespace Handoff.Domain.Feeds;

public static class FeedWords
{
    public static string Words(this FeedAction action) =>
        action switch
        {
            FeedAction.Apply => "applied",
            FeedAction.Acknowledge => "acknowledged, with nothing to do",
            _ => "held for a person",
        };

    public static string Words(this VisitField field) => field == VisitField.AccountNumber ? "PID-18, the account" : "PV1-19";
}
