namespace Handoff.Api.Store;

/// <summary>A command in the queue, and the promise of its answer.</summary>
internal sealed class Pending(Sent sent)
{
    private readonly TaskCompletionSource<Answer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Sent Sent { get; } = sent;

    public int Attempts { get; set; }

    /// <summary>When it came, as the stopwatch counts.</summary>
    public long Came { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    public Task<Answer> Answer => answer.Task;

    public void Done(Answer with) => answer.TrySetResult(with);

    public void Failed(Exception why) => answer.TrySetException(why);
}
