using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CordisPulse.Core.Data;

internal sealed class EditionMonthConverter() : ValueConverter<EditionMonth, DateOnly>(
    month => month.FirstDay,
    day => EditionMonth.Of(day));

internal sealed class PartialDateConverter() : ValueConverter<PartialDate, string>(
    date => date.ToString(),
    text => PartialDate.Parse(text));
