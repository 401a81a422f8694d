using Handoff.Domain.Feeds;

namespace Handoff.Api.Feeds.Adt;

/// <summary>
/// The trigger events of ADT that something is done about (HL7 table 0003); <see cref="Handoff.Domain.Feeds.FeedTrigger"/> says in words
/// what each says
/// and what becomes of it, also of those that are not here.
/// </summary>
public enum AdtTrigger
{
    A01,
    A02,
    A03,
    A04,
    A06,
    A07,
    A08,
    A10,
    A11,
    A12,
    A13,
    A17,
    A18,
    A21,
    A22,
    A23,
    A28,
    A29,
    A30,
    A31,
    A34,
    A36,
    A39,
    A40,
    A42,
    A43,
    A44,
    A45,
    A46,
    A47,
    A49,
    A50,
    A52,
    A53,
}
