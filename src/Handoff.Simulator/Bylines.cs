using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>
/// Whose entry something is: what is seen of a patient is written by whoever has them, if it is somebody who is played; what needs a nurse
/// by who is in
/// charge; the rest by the floor. The feed's messages stay the key's.
/// </summary>
internal sealed class Bylines(Ward ward, Crews crews)
{
    public Deed ForDeed(Deed deed, Board board) =>
        deed is Charted { Account: null } charted && Who(charted, board) is { } who ? charted with { Account = who.Account } : deed;

    private Player? Who(Charted deed, Board board)
    {
        var duty = crews.On(ward.Changes.Nth(ward.Time.Local(deed.When)));
        var has = board.Cards.FirstOrDefault(card => card.Stay.ToString() == deed.Command.Key)?.Care?.ResponsibleId;
        Player?[] able = [crews.All.FirstOrDefault(player => player.Who.Id == has), .. duty.Floor, duty.Lead];
        return able.FirstOrDefault(player => player is not null && deed.Command.Permission.Usual.Contains(player.Who.Role));
    }
}
