namespace Handoff.Domain.Access;

/// <summary>Notes: what people may do. See <see cref="Permission"/>.</summary>
public static class NotePermissions
{
    private static readonly Permission writeNote = new("Notes", "WriteNote", "Write and amend notes about a patient", Roles.Floor);

    extension(Permission)
    {
        /// <summary>Write and amend notes about a patient.</summary>
        public static Permission WriteNote => writeNote;
    }
}
