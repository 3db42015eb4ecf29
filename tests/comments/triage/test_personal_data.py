import pytest

from comments.triage.personal_data import personal_data
from comments.verdicts import PASS, Candidate, Flag

# Numbers, names and addresses are invented, or reserved for examples.
PERSONAL = """
Call me on 07700 900123
You can ring me at +44 20 7946 0958 in the evening
my mobile is 0151 23456789
+49 170 1234567
(555) 012-3456 any time
555-012-3456 is my number
Text 06 12 34 56 78
Write to jane.doe@example.org
jane dot doe at example dot com
robin (at) example (dot) net
my NHS number is 943 476 5919
943 476 5919 is what they gave me
Social security 123-45-6789
My national insurance number is AB 12 34 56 C
Hospital number K448812
patient no. 44321987
MRN: 00451234
My insurance ID is A123456780
Medicare 2123 45670 1
1 85 05 78 006 084 36 is on my carte vitale
Date of birth 12.03.1984
I was born on March 3rd, 1979 in a small town
DOB: 12/03/84
geboren am 4. Mai 1990
I live at 12 Rose Street, come and visit
Send it to 221B Baker Street please
Our house is in LS1 4AP
Hauptstraße 12, 10115 Berlin
12, rue de la Paix, Paris
Calle Mayor 15, Madrid
P.O. Box 1234
4 Privet Drive
Dr Anna Miller at St Mary's Hospital was wonderful
Professor Weber from the Charité treats me
Ask for Dr Khan in the rheumatology clinic in Leeds
Nurse Sandra on ward 5 is great
My rheumatologist is Dr Peter Jones
my neighbour Peter has HIV
My colleague Anna Schmidt was diagnosed with MS
Jane Smith from Leeds has lupus too
My name is Jane Smith and I have lupus
Find me on Facebook: jane.smith.77
my whatsapp is +1 555 012 3456
IBAN DE89 3704 0044 0532 0130 00
"""

IMPERSONAL = """
I take 4,000 IU since 12.05.2020.
IL-6 was 1000 and CD4 200 in 2020-2021.
The trial NCT01234567 and EudraCT 2012-001234-12 are missing.
About 1 000 000 people have it.
My platelets went from 12000 to 150000.
Between 100 000 and 200 000 cells.
N Engl J Med 2019;381:1200-1210
Thank you to Dr Miller!
My daughter Emma has juvenile arthritis.
The ward on the second floor is quiet.
Diagnosed in 1998, on rituximab since 2011.
I was born with an immune deficiency.
My blood pressure is 120/80 and pulse 72.
Rheumatoid Arthritis has many faces.
Multiple Sclerosis is not lupus.
Sjögren's and Hashimoto's have often the same patients.
The dose is 0.5 mg/kg, at most 1.5 mg/kg.
Page 12, line 4: the word is missing.
The clinic in Leeds has good parking.
Room 12 has the best chairs.
I waited from 9.30 to 11.45 at the clinic.
DOI 10.1056/NEJMoa1234567
COVID-19 and influenza A(H1N1) are mentioned.
Infliximab 5 mg/kg every 8 weeks, then 10 mg/kg.
Two infusions of 1000 mg, 14 days apart.
My aunt had lupus and lived to 91.
Professor of medicine at a university, that must be a hard job.
HLA-B27 is positive in 90 % of patients.
I am 34 years old and live in Scotland.
On 3 May 2021 I got the second dose.
The hotline of the society was friendly.
Take the 27 bus to the hospital.
Dr Google is not a good doctor.
The doctor said The Times had an article.
ISBN 978-3-16-148410-0 is a good book.
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(PERSONAL))
def test_personal_data_are_flagged(text):
    assert personal_data(Candidate("Robin", text)).flag == Flag.PERSONAL_DATA


@pytest.mark.parametrize("text", lines(IMPERSONAL))
def test_other_numbers_and_names_pass(text):
    assert personal_data(Candidate("Robin", text)) == PASS


def test_ten_digits_are_flagged_by_their_check_digit():
    assert personal_data(Candidate("Robin", "The code was 123 456 7881")).flag == Flag.PERSONAL_DATA


def test_ten_digits_with_a_wrong_check_digit_pass():
    assert personal_data(Candidate("Robin", "The code was 123 456 7882")) == PASS


def test_address_in_the_name_is_flagged():
    assert personal_data(Candidate("robin@example.org", "Thanks!")).words == ("robin@example.org",)


def test_plain_name_is_not_searched_for_persons():
    assert personal_data(Candidate("Jane Smith", "Thanks!")) == PASS
