namespace Handoff.Domain.Feeds;

/// <summary>Where a feed numbers its visits.</summary>
public enum VisitField
{
    VisitNumber,
    AccountNumber,
}
