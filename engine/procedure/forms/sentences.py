"""What is said to a person whose entry cannot be taken: the field, what was expected, how to mend it."""

from __future__ import annotations

from engine.domain.text import Text


def required(label: Text) -> Text:
    """Nothing was entered where something is needed."""
    return Text(f"请填写“{label.zh}”。", f'Please fill in "{label.en}".')


def must_agree(label: Text) -> Text:
    """A box that has to be ticked was not."""
    return Text(f"请勾选“{label.zh}”。", f'Please tick "{label.en}".')


def not_text(label: Text) -> Text:
    """Something other than one text was sent."""
    return Text(f"“{label.zh}”只能填一段文字，请重新填写。", f'"{label.en}" takes one text; please type it again.')


def too_long(label: Text, most: int, length: int) -> Text:
    """The text passes the maximum."""
    return Text(
        f"“{label.zh}”最多 {most} 个字，现有 {length} 个，请删减。",
        f'"{label.en}" takes at most {most} characters and has {length}; please shorten it.',
    )


def too_short(label: Text, least: int) -> Text:
    """The text does not reach the minimum."""
    return Text(f"“{label.zh}”至少 {least} 个字，请补充。", f'"{label.en}" needs at least {least} characters; please add some.')


def control_character(label: Text) -> Text:
    """The text holds a character that cannot be shown."""
    return Text(
        f"“{label.zh}”里有看不见的控制字符，请删去后重新输入。",
        f'"{label.en}" holds an invisible control character; please delete it and type again.',
    )


def not_number(label: Text) -> Text:
    """The entry is no number."""
    return Text(f"“{label.zh}”要填数字，例如 1280.50。", f'"{label.en}" takes a number, such as 1280.50.')


def too_many_decimals(label: Text, most: int) -> Text:
    """The number is finer than it may be."""
    return Text(f"“{label.zh}”最多 {most} 位小数。", f'"{label.en}" takes at most {most} decimal places.')


def too_small(label: Text, least: object) -> Text:
    """The number is below the minimum."""
    return Text(f"“{label.zh}”不能小于 {least}。", f'"{label.en}" cannot be less than {least}.')


def too_large(label: Text, most: object) -> Text:
    """The number is above the maximum."""
    return Text(f"“{label.zh}”不能大于 {most}。", f'"{label.en}" cannot be more than {most}.')


def not_date(label: Text) -> Text:
    """The entry is no date."""
    return Text(f"“{label.zh}”要填日期，例如 2026-09-30。", f'"{label.en}" takes a date, such as 2026-09-30.')


def not_datetime(label: Text) -> Text:
    """The entry is no date and time."""
    return Text(
        f"“{label.zh}”要填日期和时间，例如 2026-09-30 17:58。", f'"{label.en}" takes a date and time, such as 2026-09-30 17:58.'
    )


def not_time(label: Text) -> Text:
    """The entry is no time of day."""
    return Text(f"“{label.zh}”要填时刻，例如 17:58。", f'"{label.en}" takes a time of day, such as 17:58.')


def not_boolean(label: Text) -> Text:
    """The entry is neither yes nor no."""
    return Text(f"“{label.zh}”请选是或否。", f'Please choose yes or no for "{label.en}".')


def not_a_choice(label: Text) -> Text:
    """The entry is none of the choices: the form was forged or is out of date."""
    return Text(
        f"“{label.zh}”的选项不在列表里，请重新选择。", f'That is none of the choices of "{label.en}"; please choose again.'
    )


def not_phone(label: Text) -> Text:
    """The entry can be no telephone number."""
    return Text(
        f"“{label.zh}”不像电话号码，请填手机号、带区号的座机号或内线号。",
        f'"{label.en}" does not look like a telephone number; please give a mobile, landline (with area code) or extension.',
    )


def wrong_pattern(label: Text) -> Text:
    """The entry does not have the required shape."""
    return Text(f"“{label.zh}”的格式不对，请按说明填写。", f'"{label.en}" does not have the right form; please follow the hint.')


def not_a_list(label: Text) -> Text:
    """The entry is no list of rows."""
    return Text(f"“{label.zh}”要逐行填写。", f'"{label.en}" takes rows.')


def too_many_rows(label: Text, most: int) -> Text:
    """The list is longer than it may be."""
    return Text(f"“{label.zh}”最多 {most} 项，请删减。", f'"{label.en}" takes at most {most} entries; please remove some.')
