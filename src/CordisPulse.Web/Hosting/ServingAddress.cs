using CordisPulse.Core.Hosting;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// Where the server on this data folder listens, kept in a file: a command is a process of its own, and the links that it prints or
/// mails must lead to the server, not to a port that it would have chosen itself.
/// </summary>
internal sealed class ServingAddress(DataDirectory data)
{
    private readonly string _file = data.File("address");

    public void Note(Uri address) => File.WriteAllText(_file, address.AbsoluteUri);

    /// <summary>Null when no server has run here yet.</summary>
    public Uri? Read()
        => File.Exists(_file) && Uri.TryCreate(File.ReadAllText(_file).Trim(), UriKind.Absolute, out var address) ? address : null;
}
