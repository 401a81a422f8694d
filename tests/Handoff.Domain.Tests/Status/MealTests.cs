using Handoff.Domain.Status;
using static Handoff.Domain.Tests.Status.PatientStatusTests;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Status;

public class MealTests
{
    [Fact]
    public void A_meal_says_how_much_was_eaten_and_declined_is_a_word_of_its_own()
    {
        Here()
            .When(new RecordMeal(Meal.Lunch, 10), "12:30", People.Technician)
            .Then<MealRecorded>()
            .Sentence(NewYork)
            .ShouldBe("Lunch at 12:30: 10 %");
        var declined = Here()
            .When(new RecordMeal(Meal.Dinner, null, IsDeclined: true, " Says it is poisoned "), "18:00")
            .Then<MealRecorded>();
        (declined.Percent, declined.IsDeclined).ShouldBe((0, true));
        declined.Sentence(NewYork).ShouldBe("Dinner at 18:00: declined. Says it is poisoned");
        Here().When(new RecordMeal(Meal.Dinner, 0), "18:00").Then<MealRecorded>().Sentence(NewYork).ShouldBe("Dinner at 18:00: 0 %");
    }

    [Fact]
    public void A_meal_without_what_must_be_said_is_refused()
    {
        Here().When(new RecordMeal(null, 50), "12:00").Then("meal-missing");
        Here().When(new RecordMeal(Meal.Lunch, null), "12:00").Then("percent-missing");
        Here().When(new RecordMeal(Meal.Lunch, 101), "12:00").Then("percent-out-of-range");
        Here().When(new RecordMeal(Meal.Lunch, -1), "12:00").Then("percent-out-of-range");
        Here().When(new RecordMeal(Meal.Lunch, 50, IsDeclined: true), "12:00").Then("declined-but-eaten");
        Here().When(new RecordMeal(Meal.Lunch, 50, Remark: new('x', 2_001)), "12:00").Then("text-too-long");
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void Less_than_a_quarter_is_poor(int percent, bool isTold)
    {
        var given = Here().When(new RecordMeal(Meal.Lunch, percent), "12:00").Given;
        (given.State.PoorMeal(At("13:00")) is not null).ShouldBe(isTold);
        given.State.PoorMeal(At("12:01").AddDays(1)).ShouldBeNull();
    }

    [Fact]
    public void Declined_meals_in_a_row_are_counted_until_one_is_eaten()
    {
        var given = Here()
            .When(new RecordMeal(Meal.Breakfast, null, true), "08:30")
            .Given.When(new RecordMeal(Meal.Lunch, null, true), "12:00")
            .Given;
        given.When(new RecordMeal(Meal.Snack, 100), "15:00");
        given.State.DeclinedInARow(At("15:00")).ShouldBe(2);
        given.State.PoorMeal(At("15:00"))!.Words().ShouldBe("lunch declined");
        given.When(new RecordMeal(Meal.Dinner, 15), "18:00");
        (given.State.DeclinedInARow(At("18:00")), given.State.PoorMeal(At("18:00"))!.Words()).ShouldBe((0, "dinner 15 %"));
        given.When(new RecordMeal(Meal.Dinner, 75), "18:30");
        given.State.PoorMeal(At("18:30")).ShouldBeNull();
    }

    [Theory]
    [InlineData(8, Meal.Breakfast)]
    [InlineData(12, Meal.Lunch)]
    [InlineData(16, Meal.Snack)]
    [InlineData(18, Meal.Dinner)]
    [InlineData(2, Meal.Snack)]
    public void The_meal_of_the_hour_is_offered_first(int hour, Meal meal) => Meals.About(new(hour, 30)).ShouldBe(meal);
}
