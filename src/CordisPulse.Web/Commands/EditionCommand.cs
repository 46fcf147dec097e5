using System.CommandLine;

namespace CordisPulse.Web.Commands;

internal static class EditionCommand
{
    public static Command Create() => new("edition", "Bring in, check, publish and export editions.")
    {
        EditionImportCommand.Create(),
        EditionCheckCommand.Create(),
        EditionPublishCommand.Create(),
        EditionExportCommand.Create(),
    };
}
