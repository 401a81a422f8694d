using Handoff.Domain.Access;
using Handoff.Web.Stays;

namespace Handoff.Web.Notes;

/// <summary>Notes, on the pages about a patient.</summary>
internal sealed class NoteStayParts : IStayParts
{
    public IEnumerable<StayAct> Acts => [new(30, "note", _ => "Write a note", Permission.WriteNote)];
}
