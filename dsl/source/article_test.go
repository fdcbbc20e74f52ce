package source

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestArticle(t *testing.T) {
	cases := map[string]string{
		"a":  "User Unit UnitPrice Usage UUID URL UTCOffset Utility Euro OneTimeCode Line Phone Health string bool decimal B ubiquity",
		"an": "Email Amount ID IBAN SMS XRay E X Hour HonestOffer Update Unpaid UninvitedGuest UnidentifiedItem Order int enum HTTPCode order-line",
	}
	for article, nouns := range cases {
		for noun := range strings.FieldsSeq(nouns) {
			assert.Equal(t, article+" "+noun, Article(noun))
		}
	}
	assert.Equal(t, "a ", Article(""), "no word, no panic")
}
