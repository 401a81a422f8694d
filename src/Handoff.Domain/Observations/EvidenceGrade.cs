using System.Text.Json.Serialization;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>How sure it is that somebody was there: a beacon, a tag, a code on the door, or a person's word.</summary>
public enum EvidenceGrade
{
    None,
    Qr,
    Nfc,
    Ble,
}
