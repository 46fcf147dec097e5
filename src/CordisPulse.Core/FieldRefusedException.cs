namespace CordisPulse.Core;

/// <summary>Refused for what one field of a form says.</summary>
/// <param name="field">Name of the member of the argument.</param>
/// <param name="message">What is wrong, in the words of whoever typed it.</param>
public sealed class FieldRefusedException(string field, string message) : RefusedException(message)
{
    public string Field { get; } = field;
}
