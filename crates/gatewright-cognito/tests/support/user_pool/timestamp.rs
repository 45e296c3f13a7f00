//! The one form of time that Cognito accepts: `EEE MMM d HH:mm:ss z yyyy`, in English.

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub(super) fn is_well_formed(text: &str) -> bool {
    let parts: Vec<&str> = text.split(' ').collect();
    let [weekday, month, day, time, zone, year] = parts[..] else {
        return false;
    };
    DAYS.contains(&weekday)
        && MONTHS.contains(&month)
        && is_day(day)
        && is_time(time)
        && zone == "UTC"
        && is_number(year, 4)
}

/// Without a leading zero.
fn is_day(day: &str) -> bool {
    !day.starts_with('0') && (is_number(day, 1) || is_number(day, 2))
}

fn is_time(time: &str) -> bool {
    let parts: Vec<&str> = time.split(':').collect();
    parts.len() == 3 && parts.iter().all(|part| is_number(part, 2))
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}
